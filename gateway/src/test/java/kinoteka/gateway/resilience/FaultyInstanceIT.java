package kinoteka.gateway.resilience;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import kinoteka.gateway.testing.GatewayTest;
import kinoteka.gateway.testing.Scrape;
import kinoteka.gateway.testing.Upstream;
import kinoteka.gateway.testing.Wire;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.boot.test.web.server.LocalManagementPort;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.test.annotation.DirtiesContext;
import org.springframework.test.annotation.DirtiesContext.ClassMode;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;
import org.springframework.test.context.TestPropertySource;
import reactor.core.publisher.Mono;
import reactor.netty.Connection;
import reactor.netty.FutureMono;

/** One of three instances is faulty. Only its own requests are affected, and they are few. */
@GatewayTest
@TestPropertySource(
        properties = {
            "kinoteka.gateway.upstream.response-time-limit=1m",
            "kinoteka.gateway.resilience.circuit-breaker.min-calls=" + FaultyInstanceIT.MIN_CALLS,
            "kinoteka.gateway.resilience.circuit-breaker.window=5m",
            "kinoteka.gateway.resilience.circuit-breaker.open-duration=5m",
        })
@DirtiesContext(classMode = ClassMode.AFTER_EACH_TEST_METHOD) // a circuit breaker stays open
class FaultyInstanceIT {

    static final int MIN_CALLS = 10;

    private static final int REQUESTS = 90;
    private static final List<Upstream> CATALOGUES =
            Stream.generate(Upstream::new).limit(3).toList();

    private final List<AtomicInteger> received =
            Stream.generate(AtomicInteger::new).limit(3).toList();
    private final int port;
    private final Scrape scrape;

    FaultyInstanceIT(@LocalServerPort int port, @LocalManagementPort int operatorsPort) {
        this.port = port;
        this.scrape = new Scrape(operatorsPort);
    }

    @DynamicPropertySource
    static void addresses(DynamicPropertyRegistry registry) {
        registry.add("kinoteka.gateway.upstream.catalogue", () -> CATALOGUES.stream()
                .map(catalogue -> "http://localhost:" + catalogue.port())
                .collect(Collectors.joining(",")));
    }

    @BeforeEach
    void respond() {
        for (int i = 0; i < 3; i++) {
            answers(i, (request, response) -> response.sendString(Mono.just("ok")));
        }
        scrape.awaitSum(3, "upstream_up", "upstream=\"catalogue\"");
    }

    @AfterAll
    static void stop() {
        CATALOGUES.forEach(Upstream::stop);
    }

    /** So slow that it does not respond during the test. The others respond to all that is sent to them. */
    @Test
    void aSlowInstanceReceivesNoRequestsWhileItIsBusyAndTheOthersAreNot() throws IOException {
        answers(0, (request, response) -> Mono.never());
        var waiting = new ArrayList<Wire>();
        try {
            for (int i = 0; i < REQUESTS; i++) {
                var slow = received(0);
                var wire = new Wire(port).send("GET /api/movie/1 HTTP/1.1\r\nHost: a\r\n\r\n");
                waiting.add(wire);
                var sent = i + 1;
                Awaitility.await()
                        .atMost(Duration.ofSeconds(10))
                        .until(() -> received(0) + received(1) + received(2) == sent);
                if (received(0) == slow) {
                    assertThat(wire.answer().status()).isEqualTo(200);
                }
            }
        } finally {
            for (var wire : waiting) {
                wire.close();
            }
        }

        assertThat(received(0)).isOne();
        assertThat(received(1) + received(2)).isEqualTo(REQUESTS - 1);
        assertThat(received(1)).isBetween(REQUESTS / 3, 2 * REQUESTS / 3);
    }

    /**
     * Its calls end at once, so that it always has the fewest in progress. Load balancing reduces its share, the circuit breaker ends it, and
     * retries hide it.
     */
    @Test
    void anInstanceThatFailsAtOnceDoesNotAttractTheRequestsAndNoClientNoticesIt() throws IOException {
        answers(
                0,
                (request, response) -> FutureMono.deferFuture(
                        () -> ((Connection) response).channel().close()));
        var address = "address=\"http://localhost:" + CATALOGUES.get(0).port() + "\"";

        for (int i = 0; i < 5000 && received(0) < MIN_CALLS; i++) {
            assertThat(Wire.get(port, "/api/movie/1").status()).isEqualTo(200);
        }
        scrape.awaitSum(1, "upstream_circuit_breaker_state", address, "state=\"open\"");
        for (int i = 0; i < REQUESTS; i++) {
            assertThat(Wire.get(port, "/api/movie/1").status()).isEqualTo(200);
        }

        assertThat(received(0)).isEqualTo(MIN_CALLS);
        assertThat(received(1) + received(2)).isGreaterThan(REQUESTS + MIN_CALLS);
        assertThat(scrape.sum("upstream_retries_total", "reason=\"broken_off\""))
                .isEqualTo(MIN_CALLS);
        assertThat(scrape.sum("upstream_circuit_breaker_state", "state=\"open\""))
                .isOne();
        assertThat(scrape.sum("upstream_circuit_breaker_opened_total")).isOne();
        assertThat(scrape.sum("upstream_up", address)).as("health checks").isOne();
    }

    private void answers(int instance, Upstream.Handler handler) {
        CATALOGUES.get(instance).answers((request, response) -> {
            received.get(instance).incrementAndGet();
            return handler.apply(request, response);
        });
    }

    private int received(int instance) {
        return received.get(instance).get();
    }
}
