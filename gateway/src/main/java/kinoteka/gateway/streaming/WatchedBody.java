package kinoteka.gateway.streaming;

import kinoteka.gateway.metrics.RequestMetrics;
import kinoteka.gateway.problem.ClientLeft;
import kinoteka.gateway.problem.Problem;
import kinoteka.gateway.problem.RequestFailed;
import kinoteka.gateway.transport.RequestSettings;
import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.core.io.buffer.DataBufferUtils;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.http.server.reactive.ServerHttpRequestDecorator;
import org.springframework.util.unit.DataSize;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.publisher.SynchronousSink;
import reactor.netty.Connection;

/**
 * A request whose body fails when it grows too large, comes too slowly, is malformed or breaks off. It never ends as if
 * it were whole, so that nothing half-sent is taken for a request upstream.
 */
final class WatchedBody extends ServerHttpRequestDecorator {

    private final RequestSettings settings;
    private long received;

    WatchedBody(ServerHttpRequest request, RequestSettings settings) {
        super(request);
        this.settings = settings;
    }

    static String tooLarge(DataSize limit) {
        return "The body is larger than " + limit.toBytes() + " bytes.";
    }

    @Override
    public Flux<DataBuffer> getBody() {
        return super.getBody()
                .onErrorMap(failure -> new ClientLeft())
                .handle(this::count)
                .concatWith(Mono.defer(this::checkDecoded))
                .takeUntilOther(Mono.delay(settings.bodyDeadline()).then(Mono.error(this::tooSlow)));
    }

    private void count(DataBuffer buffer, SynchronousSink<DataBuffer> sink) {
        received += buffer.readableByteCount();
        if (received > settings.bodyLimit().toBytes()) {
            DataBufferUtils.release(buffer);
            sink.error(new RequestFailed(Problem.BODY_TOO_LARGE, tooLarge(settings.bodyLimit())));
        } else {
            sink.next(buffer);
        }
    }

    /** Reactor Netty completes a body whose chunks cannot be decoded as if it were whole. */
    private Mono<DataBuffer> checkDecoded() {
        Connection connection = ServerHttpRequestDecorator.getNativeRequest(getDelegate());
        return connection.channel().attr(RequestMetrics.ANSWERED_BY_TRANSPORT).get() == null
                ? Mono.empty()
                : Mono.error(new RequestFailed(Problem.REQUEST_MALFORMED, "The body is malformed."));
    }

    private RequestFailed tooSlow() {
        return new RequestFailed(
                Problem.REQUEST_TOO_SLOW,
                "The body did not arrive within " + settings.bodyDeadline().toMillis() + " ms.");
    }
}
