package kinoteka.gateway.tls;

import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;

/** Says at a start what is wrong with the certificate instead of where in the code that came up. */
class UnusableCertificateAnalyzer extends AbstractFailureAnalyzer<UnusableCertificate> {

    @Override
    protected FailureAnalysis analyze(Throwable rootFailure, UnusableCertificate cause) {
        return new FailureAnalysis(
                "HTTPS has no certificate to show.\n" + cause.getMessage(),
                "Check the files that kinoteka.gateway.tls.certificate and .private-key name: PEM, a certificate with its"
                        + " chain, and its key in PKCS#8, both readable by this user.",
                cause);
    }
}
