package kinoteka.gateway.tls;

import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import java.nio.file.Path;
import java.time.Duration;
import org.hibernate.validator.constraints.time.DurationMax;
import org.hibernate.validator.constraints.time.DurationMin;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * HTTPS: TLS 1.2 and 1.3, with HTTP/2 and HTTP/1.1.
 *
 * @param certificate PEM file of the certificate with those that lead to its root; without it there is no HTTPS
 * @param privateKey PEM file (PKCS#8) of the certificate's key
 * @param port for clients who use TLS. 0 to 65535; 0 is any free one
 * @param lookInterval how often the two files are looked at. When both have changed and belong together, new
 *     connections get the new certificate; until then the old one serves on. 100 ms to 1 h
 */
@Validated
@ConfigurationProperties("kinoteka.gateway.tls")
public record TlsSettings(
        @Nullable Path certificate,
        @Nullable Path privateKey,
        @DefaultValue("8443") @Min(0) @Max(65_535) int port,

        @DefaultValue("10s") @DurationMin(millis = 100) @DurationMax(hours = 1)
        Duration lookInterval) {

    public TlsSettings {
        if ((certificate == null) != (privateKey == null)) {
            throw new IllegalArgumentException("kinoteka.gateway.tls.certificate: " + certificate + ", .private-key: "
                    + privateKey + " (expected: both or neither)");
        }
    }
}
