package kinoteka.gateway.tls;

import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;

/** Reports at startup what is wrong with the certificate, instead of a stack trace. */
class UnusableCertificateAnalyzer extends AbstractFailureAnalyzer<UnusableCertificate> {

    @Override
    protected FailureAnalysis analyze(Throwable rootFailure, UnusableCertificate cause) {
        return new FailureAnalysis(
                "HTTPS has no usable certificate.\n" + cause.getMessage(),
                "Check the files named by kinoteka.gateway.tls.certificate and .private-key: a certificate with its chain"
                        + " and its private key (PKCS#8), both in PEM and readable by this user.",
                cause);
    }
}
