package kinoteka.gateway.tls;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.netty.handler.ssl.util.InsecureTrustManagerFactory;
import java.io.IOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.security.GeneralSecurityException;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import kinoteka.gateway.testing.CertificateFolder;
import kinoteka.gateway.testing.GatewayTest;
import kinoteka.gateway.testing.Scrape;
import kinoteka.gateway.testing.Upstream;
import kinoteka.gateway.testing.Wire;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
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
        FOLDER.configure(registry, "first");
        registry.add("kinoteka.gateway.tls.handshake-timeout", () -> "5s");
    }

    @BeforeEach
    void startsWithAKnownCertificate() throws Exception {
        if (!subjectOfTheServer().equals("CN=first")) {
            FOLDER.holds(CertificateFolder.certificateOf("first"));
            awaitSubject("CN=first");
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"H2", "HTTP11"})
    void respondsInTheProtocolThatTheClientNegotiates(HttpProtocol protocol) {
        var context = protocol == HttpProtocol.H2 ? Http2SslContextSpec.forClient() : Http11SslContextSpec.forClient();
        context.configure(client -> client.trustManager(InsecureTrustManagerFactory.INSTANCE));

        var response = HttpClient.newConnection()
                .protocol(protocol)
                .secure(spec -> spec.sslContext((GenericSslContextSpec<?>) context))
                .get()
                .uri("https://localhost:" + port + "/api/movie/1")
                .responseSingle(
                        (head, body) -> body.asString().map(text -> head.version() + " " + head.status() + " " + text))
                .block(PATIENCE);

        assertThat(response)
                .isEqualTo((protocol == HttpProtocol.H2 ? "HTTP/2.0" : "HTTP/1.1") + " 200 OK GET /api/movie/1");
    }

    @ParameterizedTest
    @EnumSource
    void supportsTls12AndTls13(Version version) throws Exception {
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
    void limitsTheTimeForTheHeadersAsWithoutTls() throws Exception {
        assertThat(ask("GET /api/movie HTTP/1.1\r\nHost:"))
                .startsWith("HTTP/1.1 408 ")
                .contains("trace_id");
    }

    @Test
    void respondsToMalformedHttpWithAProblem() throws Exception {
        assertThat(ask("GET /api/movie HTTP/1.1\r\nHost a\r\n\r\n"))
                .startsWith("HTTP/1.1 400 ")
                .contains("trace_id");
    }

    @Test
    void usesARenewedCertificateForNewConnectionsAndKeepsTheOldConnections() throws Exception {
        try (var old = connect("TLSv1.3")) {
            old.getOutputStream().write("HEAD /ping HTTP/1.1\r\nHost: a\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
            assertThat(old.getInputStream().read()).isEqualTo('H');
            FOLDER.holds(CertificateFolder.certificateOf("renewed"));
            awaitSubject("CN=renewed");

            old.getOutputStream()
                    .write("GET /ping HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n"
                            .getBytes(StandardCharsets.US_ASCII));
            assertThat(new String(old.getInputStream().readAllBytes(), StandardCharsets.UTF_8))
                    .contains("HTTP/1.1 200 ")
                    .endsWith("pong");
        }
    }

    @Test
    void keepsThePreviousCertificateUntilTheKeyOfTheNewOneIsThere(CapturedOutput log) throws Exception {
        var renewed = CertificateFolder.certificateOf("halfway");
        Files.writeString(FOLDER.certificate(), renewed.getCertificatePathPEM());
        Awaitility.await().atMost(PATIENCE).until(() -> log.getAll()
                .contains("The new certificate is unusable, the previous one stays in use: "));
        assertThat(subjectOfTheServer()).isEqualTo("CN=first");

        FOLDER.holds(renewed);
        awaitSubject("CN=halfway");
    }

    @Test
    void reportsWhenTheCertificateExpires() throws Exception {
        var certificate = CertificateFolder.certificateOf("dated");
        FOLDER.holds(certificate);
        awaitSubject("CN=dated");

        var expiry = certificate.getCertificate().getNotAfter().toInstant();
        scrape.awaitSum((double) expiry.getEpochSecond(), "tls_certificate_expiry_timestamp_seconds");
    }

    @Test
    void closesAConnectionWithoutAHandshakeInTime() throws Exception {
        var before = scrape.sum("client_connection_errors_total", "error=\"tls_handshake\"");
        try (var wire = new Wire(port)) {
            assertThat(wire.rest()).isEmpty();
        }
        scrape.awaitSum(before + 1, "client_connection_errors_total", "error=\"tls_handshake\"");
    }

    @ParameterizedTest
    @ValueSource(strings = {"h2", "http/1.1"})
    void closesAConnectionWithoutARequestAfterTheHandshake(String protocol) throws Exception {
        var before = scrape.sum("client_connection_errors_total", "error=\"no_request\"");
        try (var socket = connect("TLSv1.3", protocol)) {
            assertThat(socket.getApplicationProtocol()).isEqualTo(protocol);
            socket.getInputStream().readAllBytes();
        }
        scrape.awaitSum(before + 1, "client_connection_errors_total", "error=\"no_request\"");
    }

    @Test
    void letsAClientThatSendsABodyInVainReadTheResponse() throws Exception {
        var body = "x".repeat(1 << 19);
        assertThat(ask("POST /ping HTTP/1.1\r\nHost: a\r\nContent-Length: " + body.length() + "\r\n\r\n" + body))
                .startsWith("HTTP/1.1 405 ")
                .contains("trace_id");
    }

    @Test
    void malformedInputIsCountedAndNotLogged(CapturedOutput log) throws Exception {
        var start = log.getAll().length();
        var handshakes = scrape.sum("client_connection_errors_total", "error=\"tls_handshake\"");
        var records = scrape.sum("client_connection_errors_total", "error=\"tls\"");
        var inputs = new String[] {
            "GET / HTTP/1.1\r\nHost: a\r\n\r\n",
            "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n",
            "\u0016\u0003\u0001\0\u0004\u0001\0\0\0",
            "\u0016\u0003\u0001\u00ff\u00ff" + "a".repeat(999),
            "\u0015\u0003\u0003\0\u0002\u0002(",
        };
        for (var input : inputs) {
            try (var wire = new Wire(port)) {
                wire.send(input).isClosed();
            }
            try (var wire = new Wire(port)) {
                wire.send(input).reset();
            }
        }
        try (var plain = new Socket("localhost", port);
                var socket = handshake(plain)) {
            plain.getOutputStream().write(inputs[0].getBytes(StandardCharsets.ISO_8859_1));
            var unused =
                    catchThrowable(() -> socket.getInputStream().readAllBytes()); // until the server closes, or resets
        }
        scrape.awaitSum(records + 1, "client_connection_errors_total", "error=\"tls\"");
        assertThat(scrape.sum("client_connection_errors_total", "error=\"tls_handshake\""))
                .isGreaterThanOrEqualTo(handshakes + inputs.length);
        assertThat(log.getAll().substring(start)).doesNotContain(" WARN ", " ERROR ", "\tat ");
    }

    /** Returns everything that the server sends until it closes the connection. */
    private String ask(String characters) throws Exception {
        try (var socket = connect("TLSv1.3")) {
            socket.getOutputStream().write(characters.getBytes(StandardCharsets.ISO_8859_1));
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    private void awaitSubject(String subject) {
        Awaitility.await().atMost(PATIENCE).until(() -> subjectOfTheServer().equals(subject));
    }

    private String subjectOfTheServer() throws IOException, GeneralSecurityException {
        try (var socket = connect("TLSv1.3")) {
            var certificate = (X509Certificate) socket.getSession().getPeerCertificates()[0];
            return certificate.getSubjectX500Principal().getName();
        }
    }

    private SSLSocket connect(String protocol, String... applicationProtocols)
            throws IOException, GeneralSecurityException {
        var socket = (SSLSocket) context().getSocketFactory().createSocket("localhost", port);
        socket.setEnabledProtocols(new String[] {protocol});
        var parameters = socket.getSSLParameters();
        parameters.setApplicationProtocols(applicationProtocols);
        socket.setSSLParameters(parameters);
        socket.setSoTimeout((int) PATIENCE.toMillis());
        socket.startHandshake();
        return socket;
    }

    /** TLS over a connection that the test can also write to without TLS. */
    private SSLSocket handshake(Socket plain) throws IOException, GeneralSecurityException {
        var socket = (SSLSocket) context().getSocketFactory().createSocket(plain, "localhost", port, true);
        socket.setSoTimeout((int) PATIENCE.toMillis());
        socket.startHandshake();
        return socket;
    }

    private static SSLContext context() throws GeneralSecurityException {
        var context = SSLContext.getInstance("TLS");
        context.init(null, InsecureTrustManagerFactory.INSTANCE.getTrustManagers(), null);
        return context;
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
