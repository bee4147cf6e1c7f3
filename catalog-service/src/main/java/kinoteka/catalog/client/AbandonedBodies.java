package kinoteka.catalog.client;

import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Publisher;
import org.reactivestreams.Subscription;
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

/**
 * Cancels the body of a response that can no longer be written. Spring requests the first element of a body before it writes the
 * headers ({@code ChannelSendOperator}). When the client has disconnected by then, the write fails, and Spring would neither
 * read nor cancel the body: it would keep its database connection, or its slot, for as long as the service runs.
 *
 * <p>It must be the outermost filter that wraps the response, so that what other filters add to the body is cancelled too.
 */
@Component
@Order(Ordered.HIGHEST_PRECEDENCE)
class AbandonedBodies implements WebFilter {

    @Override
    public Mono<Void> filter(ServerWebExchange exchange, WebFilterChain chain) {
        return chain.filter(exchange.mutate()
                .response(new CancellingResponse(exchange.getResponse()))
                .build());
    }

    private static final class CancellingResponse extends ServerHttpResponseDecorator {

        CancellingResponse(ServerHttpResponse response) {
            super(response);
        }

        /** A {@code Mono} has ended by the time it is written. It stays one, so that its length becomes a header. */
        @Override
        public Mono<Void> writeWith(Publisher<? extends DataBuffer> body) {
            return body instanceof Mono ? super.writeWith(body) : cancelAfter(body, super::writeWith);
        }

        @Override
        public Mono<Void> writeAndFlushWith(Publisher<? extends Publisher<? extends DataBuffer>> body) {
            return cancelAfter(body, super::writeAndFlushWith);
        }

        /** Cancels the body when the write ends before it. */
        private static <T> Mono<Void> cancelAfter(Publisher<T> body, Function<Publisher<T>, Mono<Void>> write) {
            return Mono.defer(() -> {
                var subscription = new AtomicReference<@Nullable Subscription>();
                var observed =
                        Flux.from(body).doOnSubscribe(subscription::set).doOnTerminate(() -> subscription.set(null));
                return write.apply(observed).doFinally(end -> {
                    var unfinished = subscription.get();
                    if (unfinished != null) {
                        unfinished.cancel();
                    }
                });
            });
        }
    }
}
