package kinoteka.gateway.tls;

import org.jspecify.annotations.Nullable;

/** The configured files do not contain a valid certificate and its private key. */
final class UnusableCertificate extends RuntimeException {

    private static final long serialVersionUID = 1;

    UnusableCertificate(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
