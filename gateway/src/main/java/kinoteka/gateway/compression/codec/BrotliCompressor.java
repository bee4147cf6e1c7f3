package kinoteka.gateway.compression.codec;

import com.aayushatharva.brotli4j.Brotli4jLoader;
import com.aayushatharva.brotli4j.encoder.Encoder;
import com.aayushatharva.brotli4j.encoder.EncoderJNI;
import com.aayushatharva.brotli4j.encoder.EncoderJNI.Operation;
import io.netty.buffer.ByteBuf;
import java.io.IOException;
import java.io.UncheckedIOException;

/** The coding {@code br} (RFC 7932). */
final class BrotliCompressor extends Compressor {

    /** Of 0 to 11. 4 needs twice the memory for 2 % less. */
    private static final int QUALITY = 3;

    /** Binary logarithm of the window, 64 KiB. The memory of an encoder grows with it. */
    private static final int WINDOW = 16;

    private static final int INPUT = 16 * 1024;

    private final EncoderJNI.Wrapper encoder;

    BrotliCompressor() {
        Brotli4jLoader.ensureAvailability(); // loads it
        try {
            encoder = new EncoderJNI.Wrapper(INPUT, QUALITY, WINDOW, Encoder.Mode.TEXT);
        } catch (IOException e) { // it has no memory
            throw new UncheckedIOException(e);
        }
    }

    static boolean isAvailable() {
        return Brotli4jLoader.isAvailable();
    }

    @Override
    void write(ByteBuf input, ByteBuf output, boolean isLast) {
        var from = input.nioBuffer();
        while (from.hasRemaining()) {
            var buffer = encoder.getInputBuffer();
            buffer.clear();
            buffer.put(from.slice(from.position(), Math.min(from.remaining(), buffer.capacity())));
            from.position(from.position() + buffer.position());
            push(Operation.PROCESS, buffer.position(), output);
        }
        push(isLast ? Operation.FINISH : Operation.FLUSH, 0, output);
    }

    private void push(Operation operation, int length, ByteBuf output) {
        encoder.push(operation, length);
        while (true) {
            if (encoder.hasMoreOutput()) {
                output.writeBytes(encoder.pull());
            } else if (encoder.hasRemainingInput() || (operation == Operation.FINISH && !encoder.isFinished())) {
                encoder.push(operation, 0);
            } else {
                return;
            }
            if (!encoder.isSuccess()) {
                throw new IllegalStateException("brotli failed");
            }
        }
    }

    @Override
    void free() {
        encoder.destroy();
    }
}
