package kinoteka.gateway.compression;

import jakarta.validation.constraints.NotEmpty;
import java.util.List;
import kinoteka.gateway.compression.codec.Coding;
import kinoteka.gateway.settings.AtStart;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;
import org.springframework.validation.annotation.Validated;

/**
 * Compression of responses in JSON and text.
 *
 * @param enabled whether responses are compressed for clients that accept it
 * @param codings content codings, comma-separated. Of those that a client accepts equally, the first one is used
 * @param minSize shortest body that is compressed. One whose length is not known beforehand, such as a list, always is. 0 to 1 MB
 * @param personal whether responses to requests with {@code Authorization} or {@code Cookie} are compressed, too. The length of a compressed
 *     response tells an eavesdropper something about its contents if an attacker chooses a part of them (BREACH)
 */
@Validated
@ConfigurationProperties("kinoteka.gateway.compression")
public record CompressionSettings(
        @AtStart @DefaultValue("true") boolean enabled,
        @DefaultValue({"zstd", "br", "gzip"}) @NotEmpty List<Coding> codings,
        @DefaultValue("1KB") DataSize minSize,
        @DefaultValue("false") boolean personal) {

    private static final DataSize LARGEST = DataSize.ofMegabytes(1);

    public CompressionSettings {
        codings = List.copyOf(codings);
        if (minSize.isNegative() || minSize.compareTo(LARGEST) > 0) {
            throw new IllegalArgumentException(
                    "kinoteka.gateway.compression.min-size: " + minSize + " (expected: 0B to " + LARGEST + ")");
        }
    }
}
