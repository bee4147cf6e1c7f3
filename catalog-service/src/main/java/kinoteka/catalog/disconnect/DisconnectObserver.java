package kinoteka.catalog.disconnect;

import io.micrometer.core.instrument.Clock;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.observation.Observation;
import io.micrometer.observation.ObservationHandler;
import java.time.Duration;
import kinoteka.catalog.log.LineBudget;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.http.server.reactive.observation.ServerRequestObservationContext;
import org.springframework.stereotype.Component;

/** Counts the requests whose client disconnected, as Spring's observation of a request reports it, and logs them at level debug. */
@Component
class DisconnectObserver implements ObservationHandler<ServerRequestObservationContext> {

    private static final Logger LOG = LoggerFactory.getLogger(DisconnectObserver.class);

    private final Counter beforeResponse;
    private final Counter duringResponse;
    private final LineBudget lines;

    DisconnectObserver(MeterRegistry metrics, Clock clock) {
        this.beforeResponse = counter("request", metrics);
        this.duringResponse = counter("response", metrics);
        this.lines = new LineBudget(100, Duration.ofMillis(100), clock::monotonicTime);
    }

    @Override
    public boolean supportsContext(Observation.Context context) {
        return context instanceof ServerRequestObservationContext;
    }

    @Override
    public void onStop(ServerRequestObservationContext context) {
        if (!context.isConnectionAborted()) {
            return;
        }
        var response = context.getResponse();
        var isResponding = response != null && response.isCommitted();
        (isResponding ? duringResponse : beforeResponse).increment();
        var request = context.getCarrier();
        if (LOG.isDebugEnabled() && request != null && lines.trySpend()) {
            LOG.debug(
                    "{} {}: the client disconnected {} the response",
                    request.getMethod(),
                    request.getPath(),
                    isResponding ? "during" : "before");
        }
    }

    private static Counter counter(String phase, MeterRegistry metrics) {
        return Counter.builder("client.disconnects")
                .description("Requests whose client disconnected before the end of the response")
                .tag("phase", phase)
                .register(metrics);
    }
}
