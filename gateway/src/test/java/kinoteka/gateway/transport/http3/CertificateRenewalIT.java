package kinoteka.gateway.transport.http3;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.handler.ssl.util.InsecureTrustManagerFactory;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import kinoteka.gateway.testing.CertificateFolder;
import kinoteka.gateway.testing.GatewayTest;
import kinoteka.gateway.testing.Http3Wire;
import kinoteka.gateway.tls.TlsServer;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;
import reactor.core.publisher.Flux;
import reactor.netty.http.Http11SslContextSpec;
import reactor.netty.http.Http2SslContextSpec;
import reactor.netty.http.Http3SslContextSpec;
import reactor.netty.http.HttpProtocol;
import reactor.netty.http.client.HttpClient;
import reactor.netty.resources.ConnectionProvider;
import reactor.netty.tcp.SslProvider.GenericSslContextSpec;
import reactor.netty.tcp.SslProvider.ProtocolSslContextSpec;

/** The files of the certificate are replaced while requests are sent over every version of HTTP, on old and on new connections. */
@GatewayTest
class CertificateRenewalIT {

    private static final CertificateFolder FOLDER = new CertificateFolder();
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final int FEWEST = 10;

    private final int httpsPort;
    private final int port;

    CertificateRenewalIT(@Autowired TlsServer https, @Autowired Http3Port http3) {
        this.httpsPort = https.port();
        this.port = http3.get();
    }

    @DynamicPropertySource
    static void settings(DynamicPropertyRegistry registry) throws Exception {
        FOLDER.configure(registry, "first");
        registry.add("kinoteka.gateway.http3.enabled", () -> true);
        registry.add("kinoteka.gateway.request.header-deadline", () -> "1m");
    }

    @Test
    void noRequestFailsAndNewConnectionsOfBothTransportsHaveTheNewCertificate() throws Exception {
        var stop = new AtomicBoolean();
        var load = new CompletableFuture<Map<String, Collection<String>>>();
        var pool = ConnectionProvider.create("old", 1);
        var requests = Flux.fromIterable(clients(pool))
                .flatMap(client -> client.get()
                        .uri("/ping")
                        .responseSingle((head, body) -> body.asString().map(text -> head.version() + " " + text))
                        .repeat(() -> !stop.get()))
                .collectMultimap(response -> response)
                .subscribe(load::complete, load::completeExceptionally);
        try {
            for (var name : List.of("second", "third", "fourth")) {
                FOLDER.holds(CertificateFolder.certificateOf(name));
                Awaitility.await().atMost(PATIENCE).until(() -> subjectOverTcp().equals("CN=" + name));
                Awaitility.await().atMost(PATIENCE).until(() -> subjectOverUdp().equals("CN=" + name));
                assertThat(load).as("a request has failed").isNotCompleted();
            }
            stop.set(true);

            var responses = load.get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
            assertThat(responses).containsOnlyKeys("HTTP/1.1 pong", "HTTP/2.0 pong", "HTTP/3.0 pong");
            assertThat(responses.values()).allSatisfy(some -> assertThat(some).hasSizeGreaterThan(FEWEST));
        } finally {
            requests.dispose();
            pool.dispose();
        }
    }

    /** Two clients for each version: one that keeps its connection, and one that opens a connection for each request. */
    private List<HttpClient> clients(ConnectionProvider pool) {
        var clients = new ArrayList<HttpClient>();
        for (var client : List.of(HttpClient.newConnection(), HttpClient.create(pool))) {
            clients.add(overTcp(client.protocol(HttpProtocol.HTTP11), Http11SslContextSpec.forClient()));
            clients.add(overTcp(client.protocol(HttpProtocol.H2), Http2SslContextSpec.forClient()));
            clients.add(overUdp(client));
        }
        return clients;
    }

    private HttpClient overTcp(HttpClient client, ProtocolSslContextSpec tls) {
        tls.configure(context -> context.trustManager(InsecureTrustManagerFactory.INSTANCE));
        return client.baseUrl("https://localhost:" + httpsPort)
                .secure(spec -> spec.sslContext((GenericSslContextSpec<?>) tls));
    }

    private HttpClient overUdp(HttpClient client) {
        var tls = Http3SslContextSpec.forClient()
                .configure(context -> context.trustManager(InsecureTrustManagerFactory.INSTANCE));
        return client.protocol(HttpProtocol.HTTP3)
                .baseUrl("https://localhost:" + port)
                .remoteAddress(() -> new InetSocketAddress(InetAddress.getLoopbackAddress(), port))
                .secure(spec -> spec.sslContext(tls))
                .http3Settings(
                        spec -> spec.idleTimeout(PATIENCE).maxData(1_000_000).maxStreamDataBidirectionalLocal(100_000));
    }

    private String subjectOverTcp() throws Exception {
        var tls = SSLContext.getInstance("TLS");
        tls.init(null, InsecureTrustManagerFactory.INSTANCE.getTrustManagers(), new SecureRandom());
        try (var socket =
                (SSLSocket) tls.getSocketFactory().createSocket(InetAddress.getLoopbackAddress(), httpsPort)) {
            var certificate = (X509Certificate) socket.getSession().getPeerCertificates()[0];
            return certificate.getSubjectX500Principal().getName();
        }
    }

    private String subjectOverUdp() throws Exception {
        try (var wire = new Http3Wire(port)) {
            return wire.subject();
        }
    }
}
