package kinoteka.catalog.database.request;

import java.util.function.Function;
import org.reactivestreams.Publisher;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.http.server.reactive.ServerHttpResponse;
import org.springframework.http.server.reactive.ServerHttpResponseDecorator;
import org.springframework.stereotype.Component;
import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.server.WebFilter;
import org.springframework.web.server.WebFilterChain;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Operators;

/**
 * Follows the connections of each request, names the position of what it has written, and holds its cancellation back while it must ({@link RequestConnections}). The
 * server cancels in two places: the request as a whole, and the body that it writes.
 */
@Component
@Order(Ordered.HIGHEST_PRECEDENCE + 1) // inside client.AbandonedBodies, whose cancellations it holds back
public final class DisconnectFilter implements WebFilter {

    /**
     * In the response to a write: the position in PostgreSQL's log that contains it. A client that sends it with a read sees the write
     * ({@link kinoteka.catalog.database.ReplicaDatabase}).
     */
    public static final String POSITION = "Kinoteka-Position";

    @Override
    public Mono<Void> filter(ServerWebExchange exchange, WebFilterChain chain) {
        return Mono.defer(() -> {
            var connections = new RequestConnections(System::nanoTime, StatementObserver.of(exchange));
            var observed = exchange.mutate()
                    .response(new ObservedResponse(exchange.getResponse(), connections))
                    .build();
            observed.getResponse().beforeCommit(() -> Mono.fromRunnable(() -> addPosition(connections, observed)));
            return chain.filter(observed)
                    .doFinally(signal -> connections.end())
                    .hide() // no operator fusion, which would pass by
                    .transform(DisconnectFilter.<Void>holdBack(connections));
        });
    }

    private static void addPosition(RequestConnections connections, ServerWebExchange exchange) {
        var position = connections.position();
        if (position != null) {
            exchange.getResponse().getHeaders().set(POSITION, position);
        }
    }

    private static <T> Function<? super Publisher<T>, ? extends Publisher<T>> holdBack(RequestConnections connections) {
        return Operators.lift((source, client) -> new HeldBackCancellation<T>(client, connections));
    }

    private static final class ObservedResponse extends ServerHttpResponseDecorator {

        private final RequestConnections connections;

        ObservedResponse(ServerHttpResponse response, RequestConnections connections) {
            super(response);
            this.connections = connections;
        }

        @Override
        public Mono<Void> writeWith(Publisher<? extends DataBuffer> body) {
            return super.writeWith(observe(body));
        }

        @Override
        public Mono<Void> writeAndFlushWith(Publisher<? extends Publisher<? extends DataBuffer>> body) {
            return super.writeAndFlushWith(observe(body));
        }

        /** A {@code Mono} stays one, because the server writes it together with the headers. */
        private <T> Publisher<T> observe(Publisher<T> body) {
            return body instanceof Mono<T> mono
                    ? mono.hide().transform(DisconnectFilter.<T>holdBack(connections))
                    : Flux.from(body).hide().transform(DisconnectFilter.<T>holdBack(connections));
        }
    }
}
