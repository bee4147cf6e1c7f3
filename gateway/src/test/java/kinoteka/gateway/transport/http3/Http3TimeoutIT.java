package kinoteka.gateway.transport.http3;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import javax.net.ssl.SSLException;
import kinoteka.gateway.testing.CertificateFolder;
import kinoteka.gateway.testing.GatewayTest;
import kinoteka.gateway.testing.Http3Wire;
import kinoteka.gateway.testing.Scrape;
import kinoteka.gateway.testing.Upstream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalManagementPort;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;
import reactor.core.publisher.Flux;

@GatewayTest
class Http3TimeoutIT {

    private static final CertificateFolder FOLDER = new CertificateFolder();
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private final int port;
    private final Scrape scrape;

    Http3TimeoutIT(@Autowired Http3Port port, @LocalManagementPort int operatorsPort) {
        this.port = port.get();
        this.scrape = new Scrape(operatorsPort);
    }

    @DynamicPropertySource
    static void settings(DynamicPropertyRegistry registry) throws Exception {
        FOLDER.configure(registry, "localhost");
        registry.add("kinoteka.gateway.http3.enabled", () -> true);
        registry.add("kinoteka.gateway.connections.write-timeout", () -> "2s");
        registry.add("kinoteka.gateway.tls.handshake-timeout", () -> "5s");
        registry.add("server.netty.idle-timeout", () -> "4s");
    }

    @Test
    void aClientThatReadsNothingStopsTheUpstreamAndIsDisconnected() throws Exception {
        var sent = new AtomicLong();
        var row = new byte[64 * 1024];
        Upstream.SHARED.answers((request, response) -> response.header("Content-Type", "application/x-ndjson")
                .sendByteArray(Flux.<byte[]>generate(sink -> sink.next(row))
                        .doOnNext(bytes -> sent.addAndGet(bytes.length))
                        .take(4 * 1024)));
        var errors = scrape.sum("client_connection_errors_total", "error=\"write_timeout\"");
        try (var wire = new Http3Wire(port, 16 * 1024)) {
            var stream =
                    wire.open().withoutReading().headers("GET", "/api/movie").end();
            awaitError("write_timeout", errors + 1);
            assertThat(sent.get()).isLessThan(64L * 1024 * 1024);
            assertThat(stream).isNotNull();
        }
        scrape.awaitSum(0, "upstream_connections_active", "pool=\"streams\"");
    }

    @Test
    void limitsTheTimeForTheHeaders() throws Exception {
        var before = scrape.sum("requests_total", "status=\"408\"");
        try (var wire = new Http3Wire(port)) {
            assertThat(wire.open().raw((byte) 1, (byte) 40, (byte) 0).next()).isEqualTo("reset");
        }
        scrape.awaitSum(before + 1, "requests_total", "status=\"408\"");
    }

    @Test
    void closesAConnectionWithoutARequest() throws Exception {
        var before = scrape.sum("client_connection_errors_total", "error=\"no_request\"");
        try (var wire = new Http3Wire(port)) {
            assertThat(wire.next()).isEqualTo("closed 100");
        }
        awaitError("no_request", before + 1);
    }

    @Test
    void closesAConnectionThatIsKeptAliveWithoutRequests() throws Exception {
        try (var wire = Http3Wire.ofQuicOnly(port)) {
            var request = wire.open().fields(":method: GET", ":scheme: https", ":authority: a", ":path: /ping");
            assertThat(request.end().next()).isEqualTo("bytes");
            var ofUnknownType = wire.sendOneWay((byte) 0x21);
            Awaitility.await()
                    .atMost(PATIENCE)
                    .pollInterval(Duration.ofMillis(300))
                    .until(() -> ofUnknownType.raw((byte) 0).isClosed());
            assertThat(wire.next()).isEqualTo("closed 100");
        }
    }

    @Test
    void aClientThatDoesNotTrustTheCertificateIsCounted() {
        var before = scrape.sum("client_connection_errors_total", "error=\"tls_handshake\"");

        assertThatThrownBy(() -> Http3Wire.connectWithoutTrust(port)).hasCauseInstanceOf(SSLException.class);
        awaitError("tls_handshake", before + 1);
    }

    private void awaitError(String error, double count) {
        Awaitility.await()
                .atMost(PATIENCE)
                .until(() -> scrape.sum("client_connection_errors_total", "error=\"" + error + "\"") >= count);
    }
}
