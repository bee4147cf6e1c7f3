package kinoteka.gateway.tls;

import io.netty.pkitesting.CertificateBuilder;
import io.netty.pkitesting.X509Bundle;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** A folder with a certificate and its private key in two files, which a test can replace. */
final class CertificateFolder {

    private final Path folder;

    CertificateFolder() {
        try {
            folder = Files.createTempDirectory("kinoteka-tls");
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    static X509Bundle certificateOf(String name) throws Exception {
        return new CertificateBuilder()
                .subject("CN=" + name)
                .addSanDnsName("localhost")
                .setIsCertificateAuthority(true)
                .buildSelfSigned();
    }

    Path certificate() {
        return folder.resolve("certificate.pem");
    }

    Path privateKey() {
        return folder.resolve("key.pem");
    }

    void holds(X509Bundle certificate) throws IOException {
        Files.writeString(certificate(), certificate.getCertificatePathPEM());
        Files.writeString(privateKey(), certificate.getPrivateKeyPEM());
    }
}
