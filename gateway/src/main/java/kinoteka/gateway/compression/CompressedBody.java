package kinoteka.gateway.compression;

import java.util.function.Function;
import kinoteka.gateway.compression.codec.Coding;
import kinoteka.gateway.compression.codec.Compressor;
import kinoteka.gateway.request.RequestRecord;
import org.reactivestreams.Publisher;
import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.core.io.buffer.DataBufferUtils;
import org.springframework.core.io.buffer.NettyDataBufferFactory;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** Compresses the body of one response. Each chunk becomes one chunk, so that the client gets it at once and backpressure stays as it is. */
final class CompressedBody {

    private final Coding coding;
    private final NettyDataBufferFactory buffers;
    private final CompressionMetrics metrics;
    private final RequestRecord request;

    CompressedBody(Coding coding, NettyDataBufferFactory buffers, CompressionMetrics metrics, RequestRecord request) {
        this.coding = coding;
        this.buffers = buffers;
        this.metrics = metrics;
        this.request = request;
    }

    /** Returns a whole body, compressed. */
    DataBuffer compress(DataBuffer whole) {
        var compressor = open();
        try {
            return compress(compressor, whole, true);
        } finally {
            close(compressor);
        }
    }

    /**
     * Writes a body that is compressed as it arrives. The compressor is closed when the write has ended, not when the body has: Reactor Netty
     * may end a write whose client has disconnected without cancelling the body.
     */
    Mono<Void> write(Publisher<? extends DataBuffer> body, Function<Flux<DataBuffer>, Mono<Void>> writer) {
        return Mono.defer(() -> {
            var compressor = open();
            return writer.apply(Flux.from(body)
                            .map(chunk -> compress(compressor, chunk, false))
                            .concatWith(Mono.fromSupplier(() -> compress(compressor, buffers.allocateBuffer(0), true))))
                    .doFinally(end -> close(compressor));
        });
    }

    private Compressor open() {
        var compressor = coding.compressor();
        metrics.opened(coding);
        return compressor;
    }

    private void close(Compressor compressor) {
        compressor.close();
        metrics.closed(coding);
    }

    private DataBuffer compress(Compressor compressor, DataBuffer chunk, boolean isLast) {
        var input = NettyDataBufferFactory.toByteBuf(chunk);
        var before = input.readableBytes();
        var output = buffers.getByteBufAllocator().directBuffer(before / 4 + 64);
        try {
            compressor.compress(input, output, isLast);
        } catch (RuntimeException e) {
            output.release();
            throw e;
        } finally {
            DataBufferUtils.release(chunk);
        }
        metrics.compressed(coding, before, output.readableBytes());
        if (request.bytesSent() > 0) { // those of the pages are not counted
            request.sent(output.readableBytes() - before);
        }
        return buffers.wrap(output);
    }
}
