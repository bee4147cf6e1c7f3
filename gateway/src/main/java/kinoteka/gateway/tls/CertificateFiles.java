package kinoteka.gateway.tls;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.cert.X509Certificate;
import java.util.Collections;
import java.util.Objects;
import java.util.Set;
import org.springframework.boot.autoconfigure.ssl.PemSslBundleProperties;
import org.springframework.boot.autoconfigure.ssl.PropertiesSslBundle;
import org.springframework.boot.ssl.SslBundle;

/**
 * A certificate and its private key, as read from two files.
 *
 * @param certificate PEM, the server's certificate and its chain
 * @param privateKey PEM
 */
record CertificateFiles(String certificate, String privateKey) {

    private static final Set<String> PROTOCOLS = Set.of("TLSv1.3", "TLSv1.2");

    /** Only ciphers with forward secrecy and authenticated encryption, because HTTP/2 prohibits the others (RFC 9113, appendix A). */
    private static final Set<String> CIPHERS = Set.of(
            "TLS_AES_128_GCM_SHA256",
            "TLS_AES_256_GCM_SHA384",
            "TLS_CHACHA20_POLY1305_SHA256",
            "TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256",
            "TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256",
            "TLS_ECDHE_ECDSA_WITH_AES_256_GCM_SHA384",
            "TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384",
            "TLS_ECDHE_ECDSA_WITH_CHACHA20_POLY1305_SHA256",
            "TLS_ECDHE_RSA_WITH_CHACHA20_POLY1305_SHA256");

    static CertificateFiles read(TlsSettings settings) {
        return new CertificateFiles(
                read(Objects.requireNonNull(settings.certificate(), "certificate")),
                read(Objects.requireNonNull(settings.privateKey(), "privateKey")));
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UnusableCertificate(file + " cannot be read: " + e, e);
        }
    }

    /** Returns the bundle for a server; throws if the certificate or the key is not valid, or if they do not match. */
    SslBundle bundle() {
        var properties = new PemSslBundleProperties();
        properties.getKeystore().setCertificate(certificate);
        properties.getKeystore().setPrivateKey(privateKey);
        properties.getKeystore().setVerifyKeys(true);
        properties.getOptions().setEnabledProtocols(PROTOCOLS);
        properties.getOptions().setCiphers(CIPHERS);
        try {
            var bundle = PropertiesSslBundle.get(properties);
            bundle.getStores().getKeyStore();
            return bundle;
        } catch (RuntimeException e) {
            throw new UnusableCertificate("certificate and key: " + e.getMessage(), e);
        }
    }

    /** Returns the server's own certificate, the first one of the chain. */
    static X509Certificate serverCertificate(SslBundle bundle) {
        var keys = Objects.requireNonNull(bundle.getStores().getKeyStore(), "keys");
        try {
            for (var alias : Collections.list(keys.aliases())) {
                if (keys.getCertificate(alias) instanceof X509Certificate certificate) {
                    return certificate;
                }
            }
        } catch (GeneralSecurityException e) {
            throw new UnusableCertificate("certificate: " + e.getMessage(), e);
        }
        throw new UnusableCertificate("certificate: none in the file", null);
    }

    /** Without the private key, which must not get into a log. */
    @Override
    public String toString() {
        return "a certificate and its key";
    }
}
