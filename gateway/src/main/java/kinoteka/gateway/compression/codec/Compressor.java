package kinoteka.gateway.compression.codec;

import io.netty.buffer.ByteBuf;

/**
 * Compresses one body. Holds native memory until it is closed. A client may disconnect, on its event loop, while a chunk is being compressed on
 * that of the upstream's connection: native code would then use memory that is free. Therefore all methods are synchronized, and one that is
 * called after {@link #close} does nothing.
 */
public abstract class Compressor implements AutoCloseable {

    private boolean closed;

    /**
     * Appends the compressed input to the output, in such a way that the client can decompress all of it. The caller keeps both.
     *
     * @param isLast whether the body ends with this input
     */
    public final synchronized void compress(ByteBuf input, ByteBuf output, boolean isLast) {
        if (!closed) {
            write(input, output, isLast);
        }
    }

    /** Frees the native memory. Further calls have no effect. */
    @Override
    public final synchronized void close() {
        if (!closed) {
            closed = true;
            free();
        }
    }

    abstract void write(ByteBuf input, ByteBuf output, boolean isLast);

    abstract void free();
}
