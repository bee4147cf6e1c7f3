package kinoteka.gateway.resilience;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import kinoteka.gateway.testing.GatewayTest;
import kinoteka.gateway.testing.Scrape;
import kinoteka.gateway.testing.Upstream;
import kinoteka.gateway.testing.Wire;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.springframework.boot.test.web.server.LocalManagementPort;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.test.context.TestPropertySource;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;
import reactor.netty.Connection;
import reactor.netty.FutureMono;

/** The only instance is slow or fails, so that requests are rejected instead of waiting. */
@GatewayTest
@TestPropertySource(
        properties = {
            "kinoteka.gateway.cache.enabled=false", // the attempts to receive changes are calls, too, and may be
            // rejected
            "kinoteka.gateway.upstream.response-time-limit=1m",
            "kinoteka.gateway.resilience.concurrency-limit.min=" + OverloadIT.LIMIT,
            "kinoteka.gateway.resilience.concurrency-limit.max=" + OverloadIT.LIMIT,
            "kinoteka.gateway.resilience.circuit-breaker.min-calls=" + OverloadIT.MIN_CALLS,
            "kinoteka.gateway.resilience.circuit-breaker.open-duration=2s",
            "kinoteka.gateway.resilience.retry.budget-ratio=0",
            "kinoteka.gateway.resilience.retry.budget-min-per-second=0",
        })
class OverloadIT {

    static final int LIMIT = 3;
    static final int MIN_CALLS = 10;

    private static final Duration TIMEOUT = Duration.ofSeconds(10);
    private static final String GET = "GET /api/movie/1 HTTP/1.1\r\nHost: a\r\n\r\n";

    private final AtomicInteger received = new AtomicInteger();
    private final int port;
    private final int operatorsPort;
    private final Scrape scrape;

    OverloadIT(@LocalServerPort int port, @LocalManagementPort int operatorsPort) {
        this.port = port;
        this.operatorsPort = operatorsPort;
        this.scrape = new Scrape(operatorsPort);
    }

    @Test
    void aRequestOverTheLimitIsRejectedAtOnceAndOthersAreServed() throws IOException {
        Sinks.One<String> end = Sinks.one();
        Upstream.SHARED.answers((request, response) -> {
            received.incrementAndGet();
            return response.sendString(end.asMono());
        });
        var waiting = begin(LIMIT);
        var failed = scrape.sum("upstream_failures_total", "reason=\"overloaded\"");

        var rejected = Wire.get(port, "/api/movie/1");

        assertThat(rejected.status()).isEqualTo(503);
        assertThat(rejected.header("retry-after")).isEqualTo("1");
        assertThat(rejected.body()).contains("/problems/upstream-overloaded");
        assertThat(received).hasValue(LIMIT);
        assertThat(scrape.sum("upstream_failures_total", "reason=\"overloaded\""))
                .isEqualTo(failed + 1);
        assertThat(scrape.sum("upstream_concurrency_rejected_total")).isEqualTo(failed + 1);
        assertThat(scrape.sum("upstream_concurrency_limit")).isEqualTo(LIMIT);
        assertThat(scrape.sum("upstream_concurrency_in_flight")).isEqualTo(LIMIT);
        assertThat(state())
                .contains("\"concurrency_limit\":{\"limit\":3,\"in_flight\":3,\"rejected\":")
                .contains("\"state\":\"closed\"")
                .contains("\"healthy\":true");

        end.tryEmitValue("ok");
        for (var wire : waiting) {
            assertThat(wire.answer().status()).isEqualTo(200);
            wire.close();
        }
        assertThat(Wire.get(port, "/api/movie/1").status()).isEqualTo(200);
    }

    @Test
    void clientsThatDisconnectMakeRoom() throws IOException {
        Upstream.SHARED.answers((request, response) -> {
            received.incrementAndGet();
            return Mono.never();
        });
        for (var wire : begin(LIMIT)) {
            wire.close();
        }

        scrape.awaitSum(0, "upstream_concurrency_in_flight");
    }

    @Test
    void anOpenBreakerRejectsAtOnceUntilTheInstanceHasRecovered() throws IOException {
        Upstream.SHARED.answers((request, response) -> {
            received.incrementAndGet();
            return FutureMono.deferFuture(
                    () -> ((Connection) response).channel().close());
        });
        var failed = scrape.sum("upstream_failures_total", "reason=\"breaker_open\"");
        for (int i = 0; i < MIN_CALLS && !state().contains("\"state\":\"open\""); i++) {
            assertThat(Wire.get(port, "/api/movie/1").status()).isEqualTo(502);
        }
        var before = received.get();

        var rejected = Wire.get(port, "/api/movie/1");

        assertThat(rejected.status()).isEqualTo(503);
        assertThat(rejected.header("retry-after")).isEqualTo("1");
        assertThat(rejected.body()).contains("/problems/upstream-circuit-open");
        assertThat(scrape.sum("upstream_failures_total", "reason=\"breaker_open\""))
                .isEqualTo(failed + 1);
        assertThat(scrape.sum("upstream_circuit_breaker_rejected_total")).isEqualTo(failed + 1);
        assertThat(received).hasValue(before);

        Upstream.SHARED.answersJson("{}");
        Awaitility.await()
                .atMost(TIMEOUT)
                .until(() -> Wire.get(port, "/api/movie/1").status() == 200);
        Awaitility.await().atMost(TIMEOUT).until(() -> {
            Wire.get(port, "/api/movie/1");
            return state().contains("\"state\":\"closed\"");
        });
    }

    @Test
    void anExhaustedBudgetIsCounted() throws IOException {
        Upstream.SHARED.answers((request, response) -> {
            received.incrementAndGet();
            return FutureMono.deferFuture(
                    () -> ((Connection) response).channel().close());
        });

        var exhausted = scrape.sum("upstream_retry_budget_exhausted_total");

        assertThat(Wire.get(port, "/api/movie/1").status()).isEqualTo(502);

        assertThat(received).hasValue(1);
        assertThat(scrape.sum("upstream_retry_budget_exhausted_total")).isEqualTo(exhausted + 1);
        assertThat(scrape.sum("upstream_retries_total")).isZero();
        assertThat(state()).contains("\"retry_budget\":0");
    }

    private List<Wire> begin(int requests) throws IOException {
        var wires = new ArrayList<Wire>();
        for (int i = 0; i < requests; i++) {
            wires.add(new Wire(port).send(GET));
        }
        Awaitility.await().atMost(TIMEOUT).until(() -> received.get() == requests);
        return wires;
    }

    private String state() throws IOException {
        return Wire.get(operatorsPort, "/resilience").body();
    }
}
