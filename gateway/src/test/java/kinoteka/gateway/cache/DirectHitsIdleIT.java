package kinoteka.gateway.cache;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.time.Duration;
import kinoteka.gateway.testing.CertificateFolder;
import kinoteka.gateway.testing.GatewayTest;
import kinoteka.gateway.testing.Wire;
import kinoteka.gateway.tls.TlsServer;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalManagementPort;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;
import org.springframework.test.context.TestPropertySource;

/** Connections on which nothing but direct hits is sent, for longer than the idle timeout. */
@GatewayTest
@TestPropertySource(properties = "server.netty.idle-timeout=1s")
class DirectHitsIdleIT extends CacheIntegration {

    private static final CertificateFolder FOLDER = new CertificateFolder();
    private static final Duration INTERVAL = Duration.ofMillis(200);

    private final int httpsPort;

    DirectHitsIdleIT(@LocalServerPort int port, @LocalManagementPort int operatorsPort, @Autowired TlsServer https) {
        super(port, operatorsPort);
        this.httpsPort = https.port();
    }

    @DynamicPropertySource
    static void settings(DynamicPropertyRegistry registry) throws Exception {
        FOLDER.configure(registry, "films.example");
    }

    @Test
    void aBusyConnectionStaysOpen() throws IOException {
        try (var wire = new Wire(port)) {
            staysOpen(wire);
        }
    }

    @Test
    void aBusyConnectionOverTlsStaysOpen() throws IOException {
        try (var wire = Wire.tls(httpsPort)) {
            staysOpen(wire);
        }
    }

    private void staysOpen(Wire wire) throws IOException {
        get(film);
        for (var i = 0; i < 10; i++) {
            assertThat(status(wire.send(request()).answer())).isEqualTo("hit");
            Awaitility.await().pollDelay(INTERVAL).until(() -> true);
        }
    }

    @Test
    void anIdleConnectionIsClosed() throws IOException {
        get(film);
        try (var wire = new Wire(port)) {
            assertThat(status(wire.send(request()).answer())).isEqualTo("hit");

            assertThat(wire.isClosed()).isTrue();
        }
    }

    private String request() {
        return "GET " + film + " HTTP/1.1\r\nHost: localhost\r\n\r\n";
    }
}
