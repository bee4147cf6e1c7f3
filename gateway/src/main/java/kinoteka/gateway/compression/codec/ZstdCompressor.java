package kinoteka.gateway.compression.codec;

import com.github.luben.zstd.EndDirective;
import com.github.luben.zstd.ZstdCompressCtx;
import com.github.luben.zstd.util.Native;
import io.netty.buffer.ByteBuf;

/** The coding {@code zstd} (RFC 8878, RFC 9659). */
final class ZstdCompressor extends Compressor {

    /** Of 1 to 22, the library's own default. */
    private static final int LEVEL = 3;

    /** Binary logarithms of the window, 128 KiB, and of the tables of its contents. The memory of a context grows with them. */
    private static final int WINDOW = 17;

    private static final int TABLE = 15;

    private static final int CHUNK = 1024;

    private final ZstdCompressCtx context = new ZstdCompressCtx();

    ZstdCompressor() {
        context.setLevel(LEVEL).setWindowLog(WINDOW).setHashLog(TABLE).setChainLog(TABLE);
    }

    static boolean isAvailable() {
        try {
            Native.load();
            return Native.isLoaded();
        } catch (UnsatisfiedLinkError | ExceptionInInitializerError | NoClassDefFoundError notForThisPlatform) {
            return false;
        }
    }

    @Override
    void write(ByteBuf input, ByteBuf output, boolean isLast) {
        if (input.isDirect() && input.nioBufferCount() == 1) {
            writeDirect(input, output, isLast);
            return;
        }
        var copy = output.alloc().directBuffer(Math.max(1, input.readableBytes()));
        try {
            writeDirect(copy.writeBytes(input, input.readerIndex(), input.readableBytes()), output, isLast);
        } finally {
            copy.release();
        }
    }

    private void writeDirect(ByteBuf input, ByteBuf output, boolean isLast) {
        var from = input.nioBuffer();
        var directive = isLast ? EndDirective.END : EndDirective.FLUSH;
        boolean isFlushed;
        do {
            output.ensureWritable(CHUNK);
            var to = output.nioBuffer(output.writerIndex(), output.writableBytes());
            isFlushed = context.compressDirectByteBufferStream(to, from, directive);
            output.writerIndex(output.writerIndex() + to.position());
        } while (!isFlushed || from.hasRemaining());
    }

    @Override
    void free() {
        context.close();
    }
}
