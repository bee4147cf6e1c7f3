package kinoteka.gateway.upstream;

import io.prometheus.metrics.core.metrics.Counter;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import kinoteka.gateway.problem.ProblemException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/**
 * Turns a failure of the catalogue into a problem for the client, counts it as {@code upstream_failures_total}, and logs it, each reason
 * once in ten seconds: an outage must not fill the log.
 */
@Component
public class UpstreamFailures {

    private static final Logger LOG = LoggerFactory.getLogger(UpstreamFailures.class);
    private static final Duration QUIET = Duration.ofSeconds(10);

    private final Counter failures;
    private final Map<FailureReason, Long> lastLogged = new ConcurrentHashMap<>();

    UpstreamFailures(PrometheusRegistry registry) {
        failures = Counter.builder()
                .name("upstream_failures_total")
                .help("Requests to which the catalogue gave no response, or not all of it.")
                .labelNames("upstream", "reason")
                .register(registry);
        for (var reason : FailureReason.values()) {
            failures.initLabelValues("catalogue", reason.label());
        }
    }

    /** The problem for the client; the failure is counted and logged. */
    public ProblemException toProblem(UpstreamException failure, String traceId) {
        var reason = failure.reason();
        failures.labelValues("catalogue", reason.label()).inc();
        log(failure, traceId);
        return new ProblemException(reason.problem(), reason.detail());
    }

    private void log(UpstreamException failure, String traceId) {
        var reason = failure.reason();
        var now = System.nanoTime();
        var last = lastLogged.getOrDefault(reason, now - QUIET.toNanos());
        if (now - last >= QUIET.toNanos()) {
            lastLogged.put(reason, now);
            LOG.warn(
                    "catalogue {}: {} (trace {}); further failures of this kind are counted and not logged for {} s",
                    reason.label(),
                    failure.getMessage(),
                    traceId,
                    QUIET.toSeconds());
        }
    }
}
