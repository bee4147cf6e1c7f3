package kinoteka.gateway.cache;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import kinoteka.gateway.testing.CertificateFolder;
import kinoteka.gateway.testing.GatewayTest;
import kinoteka.gateway.testing.Wire;
import kinoteka.gateway.tls.TlsServer;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalManagementPort;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.context.annotation.Import;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;

/** Responses from memory without an exchange, over TLS. */
@GatewayTest
@Import(ExchangeCounter.class)
class DirectHitsOverTlsIT extends CacheIntegration {

    private static final CertificateFolder FOLDER = new CertificateFolder();

    private final int httpsPort;
    private final ExchangeCounter exchanges;

    DirectHitsOverTlsIT(
            @LocalServerPort int port,
            @LocalManagementPort int operatorsPort,
            @Autowired TlsServer https,
            @Autowired ExchangeCounter exchanges) {
        super(port, operatorsPort);
        this.httpsPort = https.port();
        this.exchanges = exchanges;
    }

    @DynamicPropertySource
    static void settings(DynamicPropertyRegistry registry) throws Exception {
        FOLDER.configure(registry, "films.example");
        registry.add("kinoteka.gateway.http3.enabled", () -> true);
    }

    @Test
    void theResponseIsThatOfTheFilters() throws IOException {
        get(film);
        exchanges.reset();

        var direct = getOverTls(film);
        assertThat(exchanges.count()).isZero();
        var filtered = getOverTls("https://films.example" + film);
        assertThat(exchanges.count()).isEqualTo(1);

        assertThat(stable(direct)).isEqualTo(stable(filtered));
        assertThat(direct.headers()).containsKeys("strict-transport-security", "alt-svc");
        assertThat(direct.body()).isEqualTo("film");
    }

    private Wire.Answer getOverTls(String target) throws IOException {
        try (var wire = Wire.tls(httpsPort)) {
            return wire.send("GET " + target + " HTTP/1.1\r\nHost: films.example\r\n\r\n")
                    .answer();
        }
    }
}
