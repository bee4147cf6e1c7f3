package kinoteka.gateway.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import io.prometheus.metrics.model.registry.PrometheusRegistry;
import io.prometheus.metrics.model.snapshots.CounterSnapshot;
import io.prometheus.metrics.model.snapshots.CounterSnapshot.CounterDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.HistogramSnapshot;
import io.prometheus.metrics.model.snapshots.Labels;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import kinoteka.gateway.problem.Problem;
import kinoteka.gateway.request.RequestOrigin;
import kinoteka.gateway.request.RequestRecords;
import kinoteka.gateway.trace.Trace;
import kinoteka.gateway.trace.TracingSettings;
import org.junit.jupiter.api.Test;

class RequestMetricsTest {

    private final PrometheusRegistry registry = new PrometheusRegistry();
    private final RequestMetrics metrics =
            new RequestMetrics(registry, new MetricsSettings(Set.of("API.example")), new TracingSettings(null, 0, 0));
    private final AtomicLong clock = new AtomicLong();
    private final RequestRecords records = new RequestRecords(List.of(metrics), () -> clock.getAndAdd(500_000_000));

    @Test
    void countsRequestsThatDifferInNoLabelTogether() {
        record("api.example", "GET");
        record("Api.Example", "GET");

        assertThat(requests()).singleElement().satisfies(counted -> {
            assertThat(counted.getValue()).isEqualTo(2);
            assertThat((Object) counted.getLabels())
                    .isEqualTo(Labels.of("host", "api.example", "status", "400", "method", "GET", "endpoint", "other"));
        });
    }

    @Test
    void countsUnknownHostsAndMethodsAsOther() {
        record("elsewhere.example", "BREW");

        assertThat(requests()).singleElement().satisfies(counted -> assertThat((Object) counted.getLabels())
                .isEqualTo(Labels.of("host", "other", "status", "400", "method", "other", "endpoint", "other")));
    }

    @Test
    void countsAsFailedOnlyServerErrorsForWhichTheRequestIsNotTheReason() {
        record("api.example", "GET", Problem.REQUEST_MALFORMED);
        record("api.example", "GET", Problem.NOT_CACHED);
        record("api.example", "GET", Problem.HTTP_VERSION_NOT_SUPPORTED);
        assertThat(counters("requests_failed")).singleElement().satisfies(counted -> assertThat(counted.getValue())
                .isZero());

        record("api.example", "GET", Problem.UPSTREAM_TIMEOUT);
        record("api.example", "POST", Problem.INTERNAL);
        assertThat(counters("requests_failed")).singleElement().satisfies(counted -> {
            assertThat(counted.getValue()).isEqualTo(2);
            assertThat((Object) counted.getLabels()).isEqualTo(Labels.of("endpoint", "other"));
        });
    }

    @Test
    void measuresSeconds() {
        record("api.example", "GET");

        var durations = (HistogramSnapshot)
                registry.scrape("request_duration_seconds"::equals).get(0);
        assertThat(durations.getDataPoints()).singleElement().satisfies(measured -> assertThat(measured.getSum())
                .isEqualTo(0.5));
    }

    private void record(String host, String method) {
        record(host, method, Problem.REQUEST_MALFORMED);
    }

    private void record(String host, String method, Problem problem) {
        records.rejected(host, method, new RequestOrigin("HTTP/1.1", null), Trace.from(List.of()), problem);
    }

    private List<CounterDataPointSnapshot> requests() {
        return counters("requests");
    }

    private List<CounterDataPointSnapshot> counters(String name) {
        return ((CounterSnapshot) registry.scrape(name::equals).get(0)).getDataPoints();
    }
}
