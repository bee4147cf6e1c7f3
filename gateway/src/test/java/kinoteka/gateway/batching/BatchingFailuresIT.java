package kinoteka.gateway.batching;

import static org.assertj.core.api.Assertions.assertThat;

import kinoteka.gateway.testing.GatewayTest;
import kinoteka.gateway.testing.Scrape;
import kinoteka.gateway.testing.Upstream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.boot.test.web.server.LocalManagementPort;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.test.context.TestPropertySource;

/** What the clients get when a call for several resources fails. */
@GatewayTest
@TestPropertySource(
        properties = {
            "kinoteka.gateway.batching.enabled=true",
            "kinoteka.gateway.batching.max-in-flight=1",
            "kinoteka.gateway.batching.max-wait=1s",
            "kinoteka.gateway.resilience.retry.max-retries=2",
            "kinoteka.gateway.resilience.retry.budget-min-per-second=1000",
            "kinoteka.gateway.upstream.response-time-limit=10s",
            "kinoteka.gateway.cache.enabled=false",
        })
class BatchingFailuresIT {

    private static final int MAX_SIZE = 64;

    private final Scrape scrape;
    private final OneEventLoop one;

    BatchingFailuresIT(@LocalServerPort int port, @LocalManagementPort int operatorsPort) {
        this.scrape = new Scrape(operatorsPort);
        this.one = new OneEventLoop(port, scrape, MAX_SIZE);
    }

    @BeforeEach
    void answer() {
        Upstream.SHARED.answers(one::answer);
    }

    @AfterEach
    void disconnect() {
        one.close();
    }

    @Test
    void whenACallFailsItsReadsAreRetriedAlone() throws Exception {
        var reads = one.readDuringTheFirstCall(500, 2);

        one.endFirst();

        assertThat(reads.get(1).join().body()).isEqualTo("film 500");
        assertThat(reads.get(2).join().body()).isEqualTo("film 2");
        assertThat(one.received()).contains("/batch/movie?ids=500,2", "/api/movie/500", "/api/movie/2");
    }

    @Test
    void whenAResponseBreaksOffItsReadsAreRetriedAlone() throws Exception {
        var reads = one.readDuringTheFirstCall(OneEventLoop.BROKEN, 2);

        one.endFirst();

        assertThat(OneEventLoop.bodies(reads)).containsExactly("film 1", "film 90", "film 2");
        assertThat(one.received()).contains("/batch/movie?ids=90,2", "/api/movie/90", "/api/movie/2");
        scrape.awaitSum(0, "batching_calls_in_flight");
    }

    /** Each read alone would only be one more request to a catalogue that is in trouble. */
    @Test
    void whenTheCatalogueIsUnavailableItsReadsAreNotRetried() throws Exception {
        var reads = one.readDuringTheFirstCall(503, 2);

        one.endFirst();

        assertThat(reads.get(1).join().status()).isEqualTo(503);
        assertThat(reads.get(1).join().body()).startsWith("{\"instance\":\"/api/movie/503\",\"trace_id\":\"");
        assertThat(reads.get(2).join().status()).isEqualTo(503);
        assertThat(reads.get(2).join().body()).startsWith("{\"instance\":\"/api/movie/2\",\"trace_id\":\"");
        assertThat(one.received()).containsExactly("/api/movie/1", "/batch/movie?ids=503,2");
    }
}
