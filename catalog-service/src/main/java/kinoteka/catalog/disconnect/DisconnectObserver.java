package kinoteka.catalog.disconnect;

import io.micrometer.core.instrument.Clock;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.observation.Observation;
import io.micrometer.observation.ObservationHandler;
import java.time.Duration;
import kinoteka.catalog.log.LineBudget;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.http.server.reactive.ServerHttpResponse;
import org.springframework.http.server.reactive.ServerHttpResponseDecorator;
import org.springframework.http.server.reactive.observation.ServerRequestObservationContext;
import org.springframework.stereotype.Component;
import reactor.netty.Connection;

/** Counts the requests whose client disconnected, and logs them at level debug. */
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
        var response = context.getResponse();
        if (!context.isConnectionAborted() && !isConnectionClosed(response)) {
            return;
        }
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

    /**
     * Whether the connection was closed before the response was complete. Reactor Netty completes a response that was under way
     * on a connection when that connection closes, and cancels it only if it notices the disconnect in another way.
     */
    private static boolean isConnectionClosed(@Nullable ServerHttpResponse response) {
        return response != null
                && ServerHttpResponseDecorator.getNativeResponse(response) instanceof Connection connection
                && !connection.channel().isActive();
    }

    private static Counter counter(String phase, MeterRegistry metrics) {
        return Counter.builder("client.disconnects")
                .description("Requests whose client disconnected before the end of the response")
                .tag("phase", phase)
                .register(metrics);
    }
}
