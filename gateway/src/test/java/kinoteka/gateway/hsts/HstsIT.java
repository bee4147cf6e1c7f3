package kinoteka.gateway.hsts;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import kinoteka.gateway.testing.CertificateFolder;
import kinoteka.gateway.testing.GatewayTest;
import kinoteka.gateway.testing.Wire;
import kinoteka.gateway.tls.TlsServer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;

@GatewayTest
class HstsIT {

    private static final CertificateFolder FOLDER = new CertificateFolder();

    private final int httpPort;
    private final int httpsPort;

    HstsIT(@LocalServerPort int httpPort, @Autowired TlsServer https) {
        this.httpPort = httpPort;
        this.httpsPort = https.port();
    }

    @DynamicPropertySource
    static void settings(DynamicPropertyRegistry registry) throws Exception {
        FOLDER.configure(registry, "films.example");
    }

    @ParameterizedTest
    @ValueSource(strings = {"/api/movie/1", "/ping", "/nothing"})
    void everyResponseOverTlsHasTheHeader(String path) throws IOException {
        assertThat(get(Wire.tls(httpsPort), "films.example:8443", path)).isEqualTo("max-age=2592000");
    }

    @Test
    void noResponseOverHttpHasTheHeader() throws IOException {
        assertThat(get(new Wire(httpPort), "films.example", "/api/movie/1")).isEmpty();
    }

    /** A browser would use HTTPS for every other program on the developer's machine. */
    @ParameterizedTest
    @ValueSource(
            strings = {"localhost", "LocalHost:8443", "localhost.", "films.localhost", "127.0.0.1:8443", "[::1]:8443"})
    void noResponseForThisMachineHasTheHeader(String host) throws IOException {
        assertThat(get(Wire.tls(httpsPort), host, "/api/movie/1")).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"gateway", "1.2.3.films.example", "de.fa.ce"})
    void namesThatResembleAddressesHaveTheHeader(String host) throws IOException {
        assertThat(get(Wire.tls(httpsPort), host, "/ping")).isNotEmpty();
    }

    private static String get(Wire connection, String host, String path) throws IOException {
        try (connection) {
            return connection
                    .send("GET " + path + " HTTP/1.1\r\nHost: " + host + "\r\n\r\n")
                    .answer()
                    .header("strict-transport-security");
        }
    }
}
