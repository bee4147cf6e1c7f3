package kinoteka.gateway.streaming;

import io.netty.buffer.ByteBuf;
import java.time.Duration;
import kinoteka.gateway.problem.ClientDisconnected;
import kinoteka.gateway.problem.Problem;
import kinoteka.gateway.problem.ProblemException;
import kinoteka.gateway.request.RequestRecord;
import kinoteka.gateway.transport.RequestSettings;
import kinoteka.gateway.upstream.UpstreamRequest.Body;
import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.core.io.buffer.DataBufferUtils;
import org.springframework.core.io.buffer.NettyDataBufferFactory;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.http.server.reactive.ServerHttpRequestDecorator;
import org.springframework.util.unit.DataSize;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.publisher.SynchronousSink;
import reactor.core.scheduler.Scheduler;
import reactor.core.scheduler.Schedulers;
import reactor.netty.Connection;

/**
 * A request whose body fails when it grows too large, arrives too slowly, is malformed or ends too early. It never ends as if it were
 * complete, so that the catalogue takes no part of a request for a request.
 */
final class LimitedRequestBody extends ServerHttpRequestDecorator {

    /** Bytes. A body that says it is no longer is read completely before a connection to the catalogue is needed for it. */
    static final int LONGEST_COLLECTED = 64 * 1024;

    /** A body may begin slowly, while its client's congestion window grows. */
    private static final Duration RATE_MEASURED_FROM = Duration.ofSeconds(5);

    private final RequestRecord request;
    private final RequestSettings settings;

    LimitedRequestBody(ServerHttpRequest received, RequestRecord request, RequestSettings settings) {
        super(received);
        this.request = request;
        this.settings = settings;
    }

    static String tooLarge(DataSize limit) {
        return "The body is larger than " + limit.toBytes() + " bytes.";
    }

    /** The body as the catalogue is sent it: complete when it says that it is short, else as it arrives. */
    Mono<Body> read() {
        var length = getHeaders().getContentLength();
        return length >= 0 && length <= LONGEST_COLLECTED
                ? DataBufferUtils.join(getBody())
                        .map(LimitedRequestBody::complete)
                        .defaultIfEmpty(Body.NONE)
                : Mono.just(new Body.Streamed(length, getBody().map(LimitedRequestBody::toByteBuf)));
    }

    private static Body complete(DataBuffer buffer) {
        var bytes = new byte[buffer.readableByteCount()];
        buffer.read(bytes);
        DataBufferUtils.release(buffer);
        return new Body.Complete(bytes);
    }

    private static ByteBuf toByteBuf(DataBuffer buffer) {
        return NettyDataBufferFactory.toByteBuf(buffer);
    }

    @Override
    public Flux<DataBuffer> getBody() {
        return super.getBody()
                .onErrorMap(failure -> new ClientDisconnected())
                .handle(this::count)
                .concatWith(Mono.defer(this::checkDecoded))
                .takeUntilOther(tooSlow());
    }

    private void count(DataBuffer buffer, SynchronousSink<DataBuffer> sink) {
        request.received(buffer.readableByteCount());
        if (request.bytesReceived() > settings.bodyLimit().toBytes()) {
            DataBufferUtils.release(buffer);
            sink.error(new ProblemException(Problem.BODY_TOO_LARGE, tooLarge(settings.bodyLimit())));
        } else {
            sink.next(buffer);
        }
    }

    /** Reactor Netty completes a body whose chunks cannot be decoded as if it were complete. */
    private Mono<DataBuffer> checkDecoded() {
        return request.isRejectedByTransport()
                ? Mono.error(new ProblemException(Problem.REQUEST_MALFORMED, "The body is malformed."))
                : Mono.empty();
    }

    /** Fails when the body has had its time, or arrives below the rate. */
    private Mono<Void> tooSlow() {
        var eventLoop = eventLoop();
        var deadline = Mono.delay(settings.bodyDeadline(), eventLoop)
                .then(Mono.<Void>error(() -> new ProblemException(
                        Problem.REQUEST_TOO_SLOW,
                        "The body did not arrive within "
                                + settings.bodyDeadline().toMillis() + " ms.")));
        var rate = settings.bodyMinRate().toBytes();
        return rate == 0
                ? deadline
                : deadline.or(Flux.interval(RATE_MEASURED_FROM, Duration.ofSeconds(1), eventLoop)
                        .filter(seconds -> request.bytesReceived() < rate * (RATE_MEASURED_FROM.toSeconds() + seconds))
                        .next()
                        .then(Mono.error(() -> new ProblemException(
                                Problem.REQUEST_TOO_SLOW,
                                "The body arrives at less than " + rate + " bytes per second."))));
    }

    /** On another thread, a failure could meet a buffer that is being delivered, which would be dropped without being released. */
    private Scheduler eventLoop() {
        Connection connection = ServerHttpRequestDecorator.getNativeRequest(getDelegate());
        return Schedulers.fromExecutorService(connection.channel().eventLoop());
    }
}
