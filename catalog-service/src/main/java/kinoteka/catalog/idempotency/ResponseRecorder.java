package kinoteka.catalog.idempotency;

import static java.util.Objects.requireNonNull;

import org.reactivestreams.Publisher;
import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.core.io.buffer.DataBufferUtils;
import org.springframework.core.io.buffer.DefaultDataBufferFactory;
import org.springframework.http.server.reactive.AbstractServerHttpResponse;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** Records a response instead of sending it. */
final class ResponseRecorder extends AbstractServerHttpResponse {

    private byte[] body = {};

    ResponseRecorder() {
        super(DefaultDataBufferFactory.sharedInstance);
    }

    /** The response, once it is complete. */
    StoredResponse recorded() {
        return StoredResponse.of(requireNonNull(getStatusCode()), getHeaders(), body);
    }

    @Override
    @SuppressWarnings("TypeParameterUnusedInFormals") // declared so by Spring
    public <T> T getNativeResponse() {
        throw new UnsupportedOperationException("a recorded response has no connection");
    }

    @Override
    protected Mono<Void> writeWithInternal(Publisher<? extends DataBuffer> content) {
        return DataBufferUtils.join(content).doOnNext(this::keep).then();
    }

    @Override
    protected Mono<Void> writeAndFlushWithInternal(Publisher<? extends Publisher<? extends DataBuffer>> content) {
        return writeWithInternal(Flux.from(content).concatMap(Flux::from));
    }

    @Override
    protected void applyStatusCode() {
        // recorded() reads it
    }

    @Override
    protected void applyHeaders() {
        // recorded() reads them
    }

    @Override
    protected void applyCookies() {
        // the API has none
    }

    private void keep(DataBuffer content) {
        body = new byte[content.readableByteCount()];
        content.read(body);
        DataBufferUtils.release(content);
    }
}
