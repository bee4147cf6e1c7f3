package kinoteka.gateway.trace;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.mock.http.server.reactive.MockServerHttpRequest;
import org.springframework.mock.web.server.MockServerWebExchange;
import org.springframework.web.server.ServerWebExchange;

class TraceSamplerTest {

    private static final URI ENDPOINT = URI.create("http://localhost:4318/v1/traces");
    private static final Trace NEW = Trace.from(List.of());
    private static final Trace SAMPLED_BY_CLIENT = sent("01");

    private final AtomicLong nanos = new AtomicLong(Long.MAX_VALUE - 5);

    @Test
    void passesTheFlagsOfClientsOnIfNoSpansAreExported() {
        var sampler = sampler(new TracingSettings(null, 1, 1), 0);

        var exchange = exchange();
        var trace = sampler.decide(exchange);

        assertThat(trace).isSameAs(Trace.of(exchange));
        assertThat(trace.recorded()).isFalse();
        assertThat(trace.traceparent()).endsWith("-01");
    }

    @Test
    void theDecisionIsThatOfTheExchange() {
        var exchange = exchange();
        var trace = sampler(new TracingSettings(ENDPOINT, 1, 0), 0).decide(exchange);

        assertThat(trace.recorded()).isTrue();
        assertThat(Trace.of(exchange)).isSameAs(trace);
    }

    @ParameterizedTest
    @CsvSource({"0, 0, false", "0.01, 0.009, true", "0.01, 0.01, false", "1, 0.999, true"})
    void recordsTheProbableShare(double probability, double random, boolean recorded) {
        var trace =
                sampler(new TracingSettings(ENDPOINT, probability, 1), random).decide(NEW);

        assertThat(trace.recorded()).isEqualTo(recorded);
        assertThat(trace.traceparent()).startsWith("00-" + NEW.traceId()).endsWith(recorded ? "-01" : "-00");
    }

    @ParameterizedTest
    @CsvSource({"00, false", "01, true", "02, false", "03, true", "ff, true"})
    void readsTheSampledFlagOfClients(String flags, boolean recorded) {
        var trace = sampler(new TracingSettings(ENDPOINT, 0, 1), 0.5).decide(sent(flags));

        assertThat(trace.recorded()).isEqualTo(recorded);
        assertThat(trace.traceparent()).endsWith(recorded ? "-01" : "-00");
        assertThat(trace.parentId()).isEqualTo("00f067aa0ba902b7");
    }

    @Test
    void noClientCanMakeMoreThanTheRateBeRecorded() {
        var sampler = sampler(new TracingSettings(ENDPOINT, 0, 2), 0.5);

        for (var second = 0; second < 3; second++) {
            assertThat(recordedOf(sampler, 100)).isEqualTo(1);
            nanos.addAndGet(TimeUnit.MILLISECONDS.toNanos(500));
            assertThat(recordedOf(sampler, 100)).isEqualTo(1);
            nanos.addAndGet(TimeUnit.MILLISECONDS.toNanos(500));
        }
    }

    @Test
    void ignoresTheFlagOfClientsIfTheRateIsZero() {
        assertThat(recordedOf(sampler(new TracingSettings(ENDPOINT, 0, 0), 0.5), 100))
                .isZero();
    }

    private static long recordedOf(TraceSampler sampler, int requests) {
        return IntStream.range(0, requests)
                .filter(i -> sampler.decide(SAMPLED_BY_CLIENT).recorded())
                .count();
    }

    private TraceSampler sampler(TracingSettings settings, double random) {
        return new TraceSampler(() -> settings, () -> random, nanos::get);
    }

    private static ServerWebExchange exchange() {
        return MockServerWebExchange.from(
                MockServerHttpRequest.get("/").header(Trace.TRACEPARENT, SAMPLED_BY_CLIENT.traceparent()));
    }

    private static Trace sent(String flags) {
        return Trace.from(List.of("00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-" + flags));
    }
}
