package kinoteka.gateway.tls;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.handler.ssl.util.InsecureTrustManagerFactory;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.security.GeneralSecurityException;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import kinoteka.gateway.testing.GatewayTest;
import kinoteka.gateway.testing.Scrape;
import kinoteka.gateway.testing.Upstream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.boot.test.web.server.LocalManagementPort;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;
import reactor.netty.http.Http11SslContextSpec;
import reactor.netty.http.Http2SslContextSpec;
import reactor.netty.http.HttpProtocol;
import reactor.netty.http.client.HttpClient;
import reactor.netty.tcp.SslProvider.GenericSslContextSpec;

@GatewayTest
@ExtendWith(OutputCaptureExtension.class)
class TlsIT {

    private static final CertificateFolder FOLDER = new CertificateFolder();
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private final int port;
    private final Scrape scrape;

    TlsIT(@Autowired TlsServer server, @LocalManagementPort int operatorsPort) {
        this.port = server.port();
        this.scrape = new Scrape(operatorsPort);
    }

    @DynamicPropertySource
    static void settings(DynamicPropertyRegistry registry) throws Exception {
        FOLDER.holds(CertificateFolder.certificateOf("first"));
        registry.add(
                "kinoteka.gateway.tls.certificate", () -> FOLDER.certificate().toString());
        registry.add(
                "kinoteka.gateway.tls.private-key", () -> FOLDER.privateKey().toString());
        registry.add("kinoteka.gateway.tls.port", () -> 0);
        registry.add("kinoteka.gateway.tls.look-interval", () -> "100ms");
    }

    @BeforeEach
    void showsAKnownCertificate() throws Exception {
        if (!shown().equals("CN=first")) {
            FOLDER.holds(CertificateFolder.certificateOf("first"));
            awaitShown("CN=first");
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"H2", "HTTP11"})
    void answersInTheProtocolThatTheClientPrefers(HttpProtocol protocol) {
        var context = protocol == HttpProtocol.H2 ? Http2SslContextSpec.forClient() : Http11SslContextSpec.forClient();
        context.configure(client -> client.trustManager(InsecureTrustManagerFactory.INSTANCE));

        var answer = HttpClient.newConnection()
                .protocol(protocol)
                .secure(spec -> spec.sslContext((GenericSslContextSpec<?>) context))
                .get()
                .uri("https://localhost:" + port + "/api/movie/1")
                .responseSingle(
                        (head, body) -> body.asString().map(text -> head.version() + " " + head.status() + " " + text))
                .block(PATIENCE);

        assertThat(answer)
                .isEqualTo((protocol == HttpProtocol.H2 ? "HTTP/2.0" : "HTTP/1.1") + " 200 OK GET /api/movie/1");
    }

    @ParameterizedTest
    @EnumSource
    void speaksTls12AndTls13(Version version) throws Exception {
        try (var socket = connect(version.name)) {
            assertThat(socket.getSession().getProtocol()).isEqualTo(version.name);
            assertThat(socket.getSession().getCipherSuite()).containsAnyOf("GCM", "CHACHA20");
        }
    }

    @Test
    void tellsTheUpstreamThatTheClientUsedTls() throws Exception {
        var proto = new CompletableFuture<String>();
        Upstream.SHARED.answers((request, response) -> {
            proto.complete(request.requestHeaders().get("X-Forwarded-Proto"));
            return response.send();
        });

        ask("GET /api/movie/1 HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n");

        assertThat(proto.join()).isEqualTo("https");
    }

    @Test
    void givesAHeadThatTricklesNoMoreTimeThanWithoutTls() throws Exception {
        assertThat(ask("GET /api/movie HTTP/1.1\r\nHost:"))
                .startsWith("HTTP/1.1 408 ")
                .contains("trace_id");
    }

    @Test
    void refusesWhatIsNoHttpWithAProblem() throws Exception {
        assertThat(ask("GET /api/movie HTTP/1.1\r\nHost a\r\n\r\n"))
                .startsWith("HTTP/1.1 400 ")
                .contains("trace_id");
    }

    @Test
    void showsARenewedCertificateToNewConnectionsAndKeepsTheOldOnes() throws Exception {
        try (var old = connect("TLSv1.3")) {
            FOLDER.holds(CertificateFolder.certificateOf("renewed"));
            awaitShown("CN=renewed");

            old.getOutputStream()
                    .write("GET /ping HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n"
                            .getBytes(StandardCharsets.US_ASCII));
            assertThat(new String(old.getInputStream().readAllBytes(), StandardCharsets.UTF_8))
                    .startsWith("HTTP/1.1 200 ");
        }
    }

    @Test
    void keepsTheOldCertificateUntilTheKeyOfTheNewOneIsThere(CapturedOutput log) throws Exception {
        var renewed = CertificateFolder.certificateOf("halfway");
        Files.writeString(FOLDER.certificate(), renewed.getCertificatePathPEM());
        Awaitility.await().atMost(PATIENCE).until(() -> log.getAll().contains("The old certificate is shown on: "));
        assertThat(shown()).isEqualTo("CN=first");

        FOLDER.holds(renewed);
        awaitShown("CN=halfway");
    }

    @Test
    void saysWhenTheCertificateExpires() throws Exception {
        var certificate = CertificateFolder.certificateOf("dated");
        FOLDER.holds(certificate);
        awaitShown("CN=dated");

        var expiry = certificate.getCertificate().getNotAfter().toInstant();
        scrape.awaitSum((double) expiry.getEpochSecond(), "tls_certificate_expiry_timestamp_seconds");
    }

    /** Everything the server says until it closes. */
    private String ask(String characters) throws Exception {
        try (var socket = connect("TLSv1.3")) {
            socket.getOutputStream().write(characters.getBytes(StandardCharsets.ISO_8859_1));
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    private void awaitShown(String subject) {
        Awaitility.await().atMost(PATIENCE).until(() -> shown().equals(subject));
    }

    private String shown() throws IOException, GeneralSecurityException {
        try (var socket = connect("TLSv1.3")) {
            var certificate = (X509Certificate) socket.getSession().getPeerCertificates()[0];
            return certificate.getSubjectX500Principal().getName();
        }
    }

    private SSLSocket connect(String protocol) throws IOException, GeneralSecurityException {
        var context = SSLContext.getInstance("TLS");
        context.init(null, InsecureTrustManagerFactory.INSTANCE.getTrustManagers(), null);
        var socket = (SSLSocket) context.getSocketFactory().createSocket("localhost", port);
        socket.setEnabledProtocols(new String[] {protocol});
        socket.setSoTimeout((int) PATIENCE.toMillis());
        socket.startHandshake();
        return socket;
    }

    enum Version {
        TLS_1_2("TLSv1.2"),
        TLS_1_3("TLSv1.3");

        private final String name;

        Version(String name) {
            this.name = name;
        }
    }
}
