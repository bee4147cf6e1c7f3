package kinoteka.gateway.tls;

import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import java.nio.file.Path;
import java.time.Duration;
import kinoteka.gateway.settings.AtStart;
import org.hibernate.validator.constraints.time.DurationMax;
import org.hibernate.validator.constraints.time.DurationMin;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * HTTPS: TLS 1.2 and 1.3, with HTTP/2 and HTTP/1.1.
 *
 * @param certificate PEM file of the server's certificate and its intermediate certificates. HTTPS is disabled without it
 * @param privateKey PEM file of the certificate's private key (PKCS#8)
 * @param port HTTPS port. 0 to 65535; 0 is any free port
 * @param handshakeTimeout time from the connection until the TLS handshake is complete; then the connection is closed. 1 ms to
 *     1 h
 * @param reloadInterval how often the two files are read again. When both have changed and match, new connections use the
 *     new certificate; until then the previous one stays in use. 100 ms to 1 h
 */
@AtStart
@Validated
@ConfigurationProperties("kinoteka.gateway.tls")
public record TlsSettings(
        @Nullable Path certificate,
        @Nullable Path privateKey,
        @DefaultValue("8443") @Min(0) @Max(65_535) int port,

        @DefaultValue("10s") @DurationMin(millis = 1) @DurationMax(hours = 1)
        Duration handshakeTimeout,

        @DefaultValue("10s") @DurationMin(millis = 100) @DurationMax(hours = 1)
        Duration reloadInterval) {

    public TlsSettings {
        if ((certificate == null) != (privateKey == null)) {
            throw new IllegalArgumentException("kinoteka.gateway.tls.certificate: " + certificate + ", .private-key: "
                    + privateKey + " (expected: both or neither)");
        }
    }
}
