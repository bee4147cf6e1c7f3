package kinoteka.gateway.reload;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.stream.IntStream;
import kinoteka.gateway.testing.CertificateFolder;
import kinoteka.gateway.testing.ChangeStream;
import kinoteka.gateway.testing.Scrape;
import kinoteka.gateway.testing.Upstream;
import kinoteka.gateway.testing.Wire;
import kinoteka.gateway.tls.TlsServer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalManagementPort;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;
import reactor.core.publisher.Mono;

/** The settings of the cache and of HSTS, in a gateway that receives changes and has HTTPS. */
@ReloadTest
class LiveCacheIT {

    /** In bytes. Longer than what the gateway collects before it knows whether to store it. */
    private static final int LENGTH = 100_000;

    private static final Upstream CATALOGUE = new Upstream();
    private static final ChangeStream CHANGES = new ChangeStream(CATALOGUE);
    private static final CertificateFolder CERTIFICATE = new CertificateFolder();

    private final int port;
    private final int httpsPort;
    private final Scrape scrape;

    LiveCacheIT(@LocalServerPort int port, @LocalManagementPort int operatorsPort, @Autowired TlsServer https) {
        this.port = port;
        this.httpsPort = https.port();
        this.scrape = new Scrape(operatorsPort);
    }

    @DynamicPropertySource
    static void settings(DynamicPropertyRegistry registry) throws Exception {
        registry.add("kinoteka.gateway.upstream.catalogue", () -> "http://localhost:" + CATALOGUE.port());
        CERTIFICATE.configure(registry, "films.example");
    }

    @BeforeEach
    void begin() {
        if (scrape.sum("cache_caught_up") == 0) {
            CHANGES.catchUp();
            scrape.awaitSum(1, "cache_caught_up");
        }
        CATALOGUE.answers((request, response) -> response.header("Gateway-Read", "primary")
                .header("Gateway-Cache-Control", "max-age=300")
                .header("Content-Type", "application/json")
                .sendString(Mono.just("x".repeat(LENGTH))));
    }

    @AfterEach
    void reset() throws IOException {
        ConfigurationFile.reset(scrape);
    }

    @Test
    void aSmallerCacheRemovesWhatIsTooMuch() throws IOException {
        IntStream.range(0, 30).forEach(i -> get("/api/movie/" + i));
        assertThat(scrape.sum("cache_bytes")).isGreaterThan(2_000_000);

        ConfigurationFile.apply(scrape, "kinoteka.gateway.cache.size: 1MB");

        assertThat(scrape.sum("cache_bytes")).isBetween(1.0, 1_048_576.0);
    }

    @Test
    void theLargestEntryAndTheMaximumAgeChange() throws IOException {
        assertThat(cacheStatus("/api/movie/1001")).contains("stored");
        assertThat(cacheStatus("/api/movie/1001")).contains("hit");

        ConfigurationFile.apply(scrape, "kinoteka.gateway.cache: {max-age: 0s, largest-entry: 90KB}");

        assertThat(cacheStatus("/api/movie/1001")).contains("fwd=stale");
        assertThat(cacheStatus("/api/movie/1002")).doesNotContain("stored");
    }

    @Test
    void hsts() throws IOException {
        assertThat(strictTransportSecurity()).isEqualTo("max-age=2592000");

        ConfigurationFile.apply(scrape, "kinoteka.gateway.hsts.max-age: 1d");

        assertThat(strictTransportSecurity()).isEqualTo("max-age=86400");
    }

    private String strictTransportSecurity() throws IOException {
        try (var wire = Wire.tls(httpsPort)) {
            return wire.send("GET /ping HTTP/1.1\r\nHost: films.example\r\n\r\n")
                    .answer()
                    .header("strict-transport-security");
        }
    }

    private String cacheStatus(String target) {
        return get(target).header("cache-status");
    }

    private Wire.Answer get(String target) {
        try {
            return Wire.get(port, target);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }
}
