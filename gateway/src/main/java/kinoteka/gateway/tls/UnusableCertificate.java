package kinoteka.gateway.tls;

import org.jspecify.annotations.Nullable;

/** Files that should hold a certificate and its key do not. */
final class UnusableCertificate extends RuntimeException {

    private static final long serialVersionUID = 1;

    UnusableCertificate(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
