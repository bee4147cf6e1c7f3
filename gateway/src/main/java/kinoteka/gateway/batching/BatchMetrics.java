package kinoteka.gateway.batching;

import io.prometheus.metrics.core.datapoints.CounterDataPoint;
import io.prometheus.metrics.core.metrics.Counter;
import io.prometheus.metrics.core.metrics.GaugeWithCallback;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.util.concurrent.atomic.LongAdder;

/** How many reads were combined. */
final class BatchMetrics {

    private final CounterDataPoint alone;
    private final CounterDataPoint together;
    private final Counter batches;
    private final LongAdder waiting = new LongAdder();
    private final LongAdder inFlight = new LongAdder();

    BatchMetrics(PrometheusRegistry registry) {
        var reads = Counter.builder()
                .name("batching_reads_total")
                .help("Reads of single resources, by how they were sent: alone, or together with others.")
                .labelNames("sent")
                .register(registry);
        alone = reads.labelValues("alone");
        together = reads.labelValues("together");
        batches = Counter.builder()
                .name("batching_calls_total")
                .help("Calls of the catalogue for several resources, by how they ended.")
                .labelNames("result")
                .register(registry);
        for (var result : BatchResult.values()) {
            batches.initLabelValues(result.label());
        }
        gauge("batching_waiting", "Reads of single resources that wait for the next call.", waiting, registry);
        gauge("batching_calls_in_flight", "Calls in progress for one or several resources.", inFlight, registry);
    }

    private static void gauge(String name, String help, LongAdder value, PrometheusRegistry registry) {
        GaugeWithCallback.builder()
                .name(name)
                .help(help)
                .callback(gauge -> gauge.call((double) value.sum()))
                .register(registry);
    }

    void countSingle() {
        alone.inc();
        inFlight.increment();
    }

    /** Counts a call for several reads that begins. */
    void countBatch(int reads) {
        together.inc(reads);
        inFlight.increment();
    }

    /** Counts a call for several reads that has ended. */
    void countEnd(BatchResult result) {
        batches.labelValues(result.label()).inc();
    }

    void onCallEnded() {
        inFlight.decrement();
    }

    /** Adds a number of reads to those that wait, or removes them if it is negative. */
    void addWaiting(int reads) {
        waiting.add(reads);
    }
}
