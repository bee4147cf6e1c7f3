package kinoteka.gateway.testing;

import io.netty.pkitesting.CertificateBuilder;
import io.netty.pkitesting.X509Bundle;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.springframework.test.context.DynamicPropertyRegistry;

/** A folder with a certificate and its private key in two files, which a test can replace. */
public final class CertificateFolder {

    private final Path folder;

    public CertificateFolder() {
        try {
            folder = Files.createTempDirectory("kinoteka-tls");
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    public static X509Bundle certificateOf(String name) throws Exception {
        return new CertificateBuilder()
                .subject("CN=" + name)
                .addSanDnsName("localhost")
                .setIsCertificateAuthority(true)
                .buildSelfSigned();
    }

    public Path certificate() {
        return folder.resolve("certificate.pem");
    }

    public Path privateKey() {
        return folder.resolve("key.pem");
    }

    public void holds(X509Bundle certificate) throws IOException {
        Files.writeString(certificate(), certificate.getCertificatePathPEM());
        Files.writeString(privateKey(), certificate.getPrivateKeyPEM());
    }

    /** Switches HTTPS on, on any free port, with a certificate of this name. */
    public void configure(DynamicPropertyRegistry registry, String name) throws Exception {
        holds(certificateOf(name));
        registry.add("kinoteka.gateway.tls.certificate", () -> certificate().toString());
        registry.add("kinoteka.gateway.tls.private-key", () -> privateKey().toString());
        registry.add("kinoteka.gateway.tls.port", () -> 0);
        registry.add("kinoteka.gateway.tls.reload-interval", () -> "100ms");
    }
}
