package kinoteka.gateway.cache;

import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import java.time.Duration;
import kinoteka.gateway.settings.AtStart;
import org.hibernate.validator.constraints.time.DurationMax;
import org.hibernate.validator.constraints.time.DurationMin;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;
import org.springframework.validation.annotation.Validated;

/**
 * The cache of responses.
 *
 * @param enabled whether responses are served from memory. Without it, the gateway does not listen to changes either
 * @param size the memory that stored responses may take, estimated. It is part of the heap. 1MB to 1TB
 * @param largestEntry the largest body that is stored. While they arrive, bodies take memory besides: up to {@code list-reads} lists, and
 *     single resources, which are short. 1KB
 *     to {@code size}
 * @param maxAge the longest time for which a stored response is used without asking the catalogue, even if it says longer and no change was
 *     received. 0 s to 1 d; with 0 s every stored response is validated by its {@code ETag}
 * @param silenceLimit time without anything from the stream of changes, after which it is considered lost; three heartbeats of the
 *     catalogue. While it is lost, nothing is served from memory. 100 ms to 10 min
 * @param listReads how many lists are read from the primary at the same time, so that they can be stored. More are read from replicas,
 *     and not stored. 0 to 10000; with 0, no list is stored
 */
@Validated
@ConfigurationProperties("kinoteka.gateway.cache")
public record CacheSettings(
        @AtStart @DefaultValue("true") boolean enabled,
        @DefaultValue("32MB") DataSize size,
        @DefaultValue("1MB") DataSize largestEntry,

        @DefaultValue("5m") @DurationMin @DurationMax(days = 1)
        Duration maxAge,

        @DefaultValue("6s") @DurationMin(millis = 100) @DurationMax(minutes = 10)
        Duration silenceLimit,

        @DefaultValue("16") @Min(0) @Max(10_000) int listReads) {

    private static final DataSize SMALLEST_SIZE = DataSize.ofMegabytes(1);
    private static final DataSize LARGEST_SIZE = DataSize.ofTerabytes(1);
    private static final DataSize SMALLEST_ENTRY = DataSize.ofKilobytes(1);

    public CacheSettings {
        require("size", size, SMALLEST_SIZE, LARGEST_SIZE);
        require("largest-entry", largestEntry, SMALLEST_ENTRY, size);
        if (largestEntry.toBytes() > Integer.MAX_VALUE / 2) {
            require("largest-entry", largestEntry, SMALLEST_ENTRY, DataSize.ofBytes(Integer.MAX_VALUE / 2));
        }
    }

    private static void require(String name, DataSize value, DataSize least, DataSize most) {
        if (value.compareTo(least) < 0 || value.compareTo(most) > 0) {
            throw new IllegalArgumentException(
                    "kinoteka.gateway.cache." + name + ": " + value + " (expected: " + least + " to " + most + ")");
        }
    }
}
