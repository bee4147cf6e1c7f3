package kinoteka.gateway.request;

import io.netty.handler.codec.http.HttpMethod;
import java.time.Duration;
import java.time.Instant;
import kinoteka.gateway.DirectStage;
import kinoteka.gateway.PublicFilter;
import kinoteka.gateway.Stage;
import kinoteka.gateway.problem.ProblemResponse;
import kinoteka.gateway.routing.Endpoint;
import kinoteka.gateway.trace.TraceSampler;
import org.springframework.http.HttpStatus;
import org.springframework.http.server.reactive.ServerHttpRequestDecorator;
import org.springframework.stereotype.Component;
import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.server.WebFilterChain;
import reactor.core.observability.DefaultSignalListener;
import reactor.core.publisher.Mono;
import reactor.netty.Connection;
import reactor.netty.http.server.HttpServerRequest;

/** Keeps a record of every request that could be decoded, from the receipt of its headers until the last byte of its response is sent. */
@Component
class RecordFilter implements PublicFilter {

    private final RequestRecords records;
    private final TraceSampler sampler;

    RecordFilter(RequestRecords records, TraceSampler sampler) {
        this.records = records;
        this.sampler = sampler;
    }

    @Override
    public Stage stage() {
        return Stage.RECORD;
    }

    @Override
    public DirectStage direct() {
        return DirectStage.UNAFFECTED; // the responder keeps the record itself
    }

    @Override
    public Mono<Void> filterPublic(ServerWebExchange exchange, WebFilterChain chain) {
        HttpServerRequest received = ServerHttpRequestDecorator.getNativeRequest(exchange.getRequest());
        var channel = ((Connection) received).channel();
        var origin = RequestOrigin.of(received.version().text(), channel);
        var trace = sampler.decide(exchange);
        var request = records.begin(received.hostName(), received.method().name(), origin, trace, waited(received));
        request.assignTo(exchange, channel);
        return chain.filter(exchange).tap(() -> new EndListener(request, exchange, received));
    }

    /** Returns how long a pipelined request waited for the previous ones, in nanoseconds. Close to 0 for other requests. */
    private static long waited(HttpServerRequest received) {
        var arrival = received.timestamp().toInstant();
        return Math.max(0, Duration.between(arrival, Instant.now()).toNanos());
    }

    /** Ends the record when the processing of its request has ended. */
    private static final class EndListener extends DefaultSignalListener<Void> {

        private final RequestRecord request;
        private final ServerWebExchange exchange;
        private final HttpServerRequest received;

        EndListener(RequestRecord request, ServerWebExchange exchange, HttpServerRequest received) {
            this.request = request;
            this.exchange = exchange;
            this.received = received;
        }

        @Override
        public void doAfterComplete() {
            end(Ending.COMPLETED);
        }

        /** Only failures after the response has begun arrive here. */
        @Override
        public void doOnError(Throwable failure) {
            end(isComplete() ? Ending.COMPLETED : Ending.of(failure));
        }

        @Override
        public void doOnCancel() {
            end(isComplete() ? Ending.COMPLETED : Ending.CLIENT_DISCONNECTED);
        }

        /** A response without a body is complete with its headers. The connection may be closed before their transmission is reported. */
        private boolean isComplete() {
            return exchange.getResponse().isCommitted()
                    && (received.method().equals(HttpMethod.HEAD)
                            || status() == HttpStatus.NO_CONTENT.value()
                            || status() == HttpStatus.NOT_MODIFIED.value());
        }

        private int status() {
            var status = exchange.getResponse().getStatusCode();
            return status == null ? HttpStatus.OK.value() : status.value();
        }

        private void end(Ending ending) {
            request.respondedWith(ProblemResponse.of(exchange));
            request.end(Endpoint.of(exchange), ending, status());
        }
    }
}
