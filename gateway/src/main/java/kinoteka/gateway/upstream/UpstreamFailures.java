package kinoteka.gateway.upstream;

import io.prometheus.metrics.core.metrics.Counter;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import kinoteka.gateway.problem.ClientLeft;
import kinoteka.gateway.problem.RequestFailed;
import kinoteka.gateway.trace.Trace;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;
import org.springframework.web.server.ServerWebExchange;

/**
 * Turns what goes wrong with an upstream into what the client is told, counts it as {@code upstream_failures_total}, and
 * logs it, each reason once in a while: an outage must not fill the log.
 */
@Component
public class UpstreamFailures {

    private static final Logger LOG = LoggerFactory.getLogger(UpstreamFailures.class);
    private static final Duration QUIET = Duration.ofSeconds(10);

    private final Counter failures;
    private final Map<Reason, Long> lastLogged = new ConcurrentHashMap<>();

    UpstreamFailures(PrometheusRegistry registry) {
        failures = Counter.builder()
                .name("upstream_failures_total")
                .help("Requests that an upstream did not answer, or not to the end.")
                .labelNames("upstream", "reason")
                .register(registry);
        for (var reason : Reason.values()) {
            failures.initLabelValues("catalogue", reason.label());
        }
    }

    /**
     * The failure to go on with. It has no cause: Spring takes an upstream's "connection reset by peer" for the client's
     * and would end the answer as if it were whole.
     */
    public Throwable told(Throwable failure, ServerWebExchange exchange) {
        if (failure instanceof RequestFailed || failure instanceof ClientLeft) {
            return failure; // of the request's body, while it was sent to the upstream
        }
        var reason = Reason.of(failure);
        failures.labelValues("catalogue", reason.label()).inc();
        log(reason, failure, exchange);
        return new RequestFailed(reason.problem(), reason.detail());
    }

    private void log(Reason reason, Throwable failure, ServerWebExchange exchange) {
        var now = System.nanoTime();
        var last = lastLogged.getOrDefault(reason, now - QUIET.toNanos());
        if (now - last >= QUIET.toNanos()) {
            lastLogged.put(reason, now);
            LOG.warn(
                    "catalogue {}: {} (trace {}); for {} s more of these are only counted",
                    reason.label(),
                    failure.toString(),
                    Trace.of(exchange).traceId(),
                    QUIET.toSeconds());
        }
    }
}
