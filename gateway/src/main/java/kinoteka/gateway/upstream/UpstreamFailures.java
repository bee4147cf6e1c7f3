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
 * Converts a failure of the catalogue to a problem for the client, counts it in {@code upstream_failures_total}, and logs it. Each reason
 * is logged at most once in ten seconds, so that an outage does not fill the log.
 */
@Component
public class UpstreamFailures {

    private static final Logger LOG = LoggerFactory.getLogger(UpstreamFailures.class);
    private static final Duration LOG_INTERVAL = Duration.ofSeconds(10);

    private static final String OUTCOME_UNKNOWN =
            " It is unknown whether the request has taken effect. Repeating it with the same Idempotency-Key is safe.";

    private final Counter failures;
    private final Map<FailureReason, Long> lastLogged = new ConcurrentHashMap<>();

    UpstreamFailures(PrometheusRegistry registry) {
        failures = Counter.builder()
                .name("upstream_failures_total")
                .help("Requests without a complete response from the catalogue.")
                .labelNames("upstream", "reason")
                .register(registry);
        for (var reason : FailureReason.values()) {
            failures.initLabelValues("catalogue", reason.label());
        }
    }

    /**
     * Counts and logs a failure, and returns the problem for the client.
     *
     * @param isSafe whether the request changes nothing, so that it does not matter whether it was executed
     */
    public ProblemException toProblem(UpstreamException failure, String traceId, boolean isSafe) {
        var reason = failure.reason();
        failures.labelValues("catalogue", reason.label()).inc();
        log(failure, traceId);
        return new ProblemException(
                reason.problem(), isSafe || reason.isNeverSent() ? reason.detail() : reason.detail() + OUTCOME_UNKNOWN);
    }

    private void log(UpstreamException failure, String traceId) {
        var reason = failure.reason();
        var now = System.nanoTime();
        var last = lastLogged.getOrDefault(reason, now - LOG_INTERVAL.toNanos());
        if (now - last >= LOG_INTERVAL.toNanos()) {
            lastLogged.put(reason, now);
            LOG.atWarn()
                    .addKeyValue("trace_id", traceId)
                    .log(
                            "catalogue {}: {} (trace {}). For {} s, further failures with this reason are counted but not logged",
                            reason.label(),
                            failure.getMessage(),
                            traceId,
                            LOG_INTERVAL.toSeconds());
        }
    }
}
