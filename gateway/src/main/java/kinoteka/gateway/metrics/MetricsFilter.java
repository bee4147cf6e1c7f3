package kinoteka.gateway.metrics;

import io.netty.handler.codec.http.HttpMethod;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicBoolean;
import kinoteka.gateway.PublicFilter;
import kinoteka.gateway.Stage;
import kinoteka.gateway.problem.ClientDisconnected;
import kinoteka.gateway.routing.Endpoint;
import kinoteka.gateway.trace.Trace;
import org.springframework.http.HttpStatus;
import org.springframework.http.server.reactive.ServerHttpRequestDecorator;
import org.springframework.stereotype.Component;
import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.server.WebFilterChain;
import reactor.core.observability.DefaultSignalListener;
import reactor.core.publisher.Mono;
import reactor.netty.Connection;
import reactor.netty.http.server.HttpServerRequest;

/** Counts and times every request that could be read, from its head received to the last byte of its answer sent. */
@Component
class MetricsFilter implements PublicFilter {

    private final RequestMetrics metrics;

    MetricsFilter(RequestMetrics metrics) {
        this.metrics = metrics;
    }

    @Override
    public Stage stage() {
        return Stage.METRICS;
    }

    @Override
    public Mono<Void> filterPublic(ServerWebExchange exchange, WebFilterChain chain) {
        return chain.filter(exchange).tap(() -> new Observed(exchange));
    }

    /** One request under way; made when its handling begins, recorded once. */
    private final class Observed extends DefaultSignalListener<Void> {

        private final ServerWebExchange exchange;
        private final HttpServerRequest received;
        private final long start;
        private final AtomicBoolean recorded = new AtomicBoolean();

        Observed(ServerWebExchange exchange) {
            this.exchange = exchange;
            this.received = ServerHttpRequestDecorator.getNativeRequest(exchange.getRequest());
            this.start = System.nanoTime() - waited();
        }

        /** Nanoseconds that a pipelined request waited for those before it; about nothing for the others. */
        private long waited() {
            var arrival = received.timestamp().toInstant();
            return Math.max(0, Duration.between(arrival, Instant.now()).toNanos());
        }

        @Override
        public void doAfterComplete() {
            record(status());
        }

        /** Failures come this far only when the answer had begun: one of the two sides broke off. */
        @Override
        public void doOnError(Throwable failure) {
            recordBrokenOff(
                    ClientDisconnected.matches(failure) ? ClientDisconnected.STATUS : HttpStatus.BAD_GATEWAY.value());
        }

        @Override
        public void doOnCancel() {
            recordBrokenOff(ClientDisconnected.STATUS);
        }

        /** An answer without a body is whole with its head: the connection may close before we hear that it was sent. */
        private void recordBrokenOff(int status) {
            record(exchange.getResponse().isCommitted() && isWithoutBody() ? status() : status);
        }

        private boolean isWithoutBody() {
            return received.method().equals(HttpMethod.HEAD)
                    || status() == HttpStatus.NO_CONTENT.value()
                    || status() == HttpStatus.NOT_MODIFIED.value();
        }

        private int status() {
            var status = exchange.getResponse().getStatusCode();
            return status == null ? HttpStatus.OK.value() : status.value();
        }

        private void record(int status) {
            if (recorded.compareAndSet(false, true)) {
                var answered = ((Connection) received)
                        .channel()
                        .attr(RequestMetrics.ANSWERED_BY_TRANSPORT)
                        .get();
                metrics.record(
                        received.hostName(),
                        answered == null ? status : answered,
                        received.method().name(),
                        Endpoint.of(exchange),
                        System.nanoTime() - start,
                        Trace.of(exchange).traceId());
            }
        }
    }
}
