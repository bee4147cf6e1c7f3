package kinoteka.schema;

import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Encryption of the connections to PostgreSQL, with the names that PostgreSQL's own clients use.
 *
 * @param mode {@code disable} connects in plain text, {@code require} encrypts but trusts every certificate, {@code
 *     verify-full} also requires a trusted certificate that names the host to which the program connects
 * @param rootCertificate file (PEM) of the certificates to trust; without it those of the Java runtime
 * @see <a href="https://www.postgresql.org/docs/18/libpq-ssl.html#LIBPQ-SSL-PROTECTION">PostgreSQL, "SSL Support"</a>
 */
public record TlsSettings(
        @DefaultValue("disable") Mode mode, @Nullable Path rootCertificate) {

    public enum Mode {
        DISABLE("disable"),
        REQUIRE("require"),
        VERIFY_FULL("verify-full");

        private final String value;

        Mode(String value) {
            this.value = value;
        }

        /** As PostgreSQL's clients spell it. */
        public String value() {
            return value;
        }
    }

    public TlsSettings {
        if (rootCertificate != null) {
            if (mode != Mode.VERIFY_FULL) {
                throw new IllegalArgumentException("tls.mode: " + mode.value()
                        + " (expected: verify-full, because nothing else verifies tls.rootCertificate)");
            }
            if (!Files.isReadable(rootCertificate)) {
                throw new IllegalArgumentException(
                        "tls.rootCertificate: " + rootCertificate + " (expected: a file that can be read)");
            }
        }
    }
}
