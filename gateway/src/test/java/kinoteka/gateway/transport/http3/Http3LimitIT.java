package kinoteka.gateway.transport.http3;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import kinoteka.gateway.testing.CertificateFolder;
import kinoteka.gateway.testing.GatewayTest;
import kinoteka.gateway.testing.Http3Wire;
import kinoteka.gateway.testing.Scrape;
import kinoteka.gateway.testing.Wire;
import kinoteka.gateway.tls.TlsServer;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalManagementPort;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;

@GatewayTest
class Http3LimitIT {

    private static final CertificateFolder FOLDER = new CertificateFolder();
    private static final int LIMIT = 3;

    private final int httpsPort;
    private final int port;
    private final Scrape scrape;

    Http3LimitIT(@Autowired TlsServer https, @Autowired Http3Port port, @LocalManagementPort int operatorsPort) {
        this.httpsPort = https.port();
        this.port = port.get();
        this.scrape = new Scrape(operatorsPort);
    }

    @DynamicPropertySource
    static void settings(DynamicPropertyRegistry registry) throws Exception {
        FOLDER.configure(registry, "localhost");
        registry.add("kinoteka.gateway.http3.enabled", () -> true);
        registry.add("kinoteka.gateway.http3.public-port", () -> 443);
        registry.add("kinoteka.gateway.connections.client-limit", () -> LIMIT);
        registry.add("kinoteka.gateway.connections.unlimited-networks", () -> "192.0.2.0/24");
        registry.add("kinoteka.gateway.request.header-deadline", () -> "30s");
    }

    @Test
    void theConnectionsOfOneClientOverTcpAndUdpCountTogether() throws Exception {
        var rejected = scrape.sum("client_connections_rejected_total", "limit=\"client\"");
        List<AutoCloseable> open = new ArrayList<>();
        try {
            open.add(Wire.tls(httpsPort));
            for (int i = 1; i < LIMIT; i++) {
                open.add(new Http3Wire(port));
            }
            scrape.awaitSum(LIMIT, "client_connections");

            assertThat(Http3Wire.isRefused(port)).isTrue();
            assertThat(scrape.sum("client_connections_rejected_total", "limit=\"client\""))
                    .isGreaterThan(rejected);
            scrape.awaitSum(LIMIT, "client_connections");
        } finally {
            for (var connection : open) {
                connection.close();
            }
        }
        Awaitility.await().atMost(Duration.ofSeconds(20)).until(() -> scrape.sum("client_connections") == 0);
    }

    @Test
    void clientsAreToldOfThePublicPort() throws Exception {
        try (var wire = Wire.tls(httpsPort)) {
            assertThat(wire.send("GET /ping HTTP/1.1\r\nHost: a\r\n\r\n")
                            .answer()
                            .header("alt-svc"))
                    .isEqualTo("h3=\":443\"; ma=3600");
        }
    }
}
