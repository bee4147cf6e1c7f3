package kinoteka.gateway.compression.codec;

import io.netty.buffer.ByteBuf;
import java.util.zip.CRC32;
import java.util.zip.Deflater;

/** The coding {@code gzip} (RFC 1952). */
final class GzipCompressor extends Compressor {

    /** Magic number, deflate, no flags, no time, no extra flags, unknown operating system. */
    private static final byte[] HEADER = {0x1f, (byte) 0x8b, Deflater.DEFLATED, 0, 0, 0, 0, 0, 0, (byte) 0xff};

    /** Of 1 to 9: 6, the usual one, takes twice the time for 3 % less. */
    private static final int LEVEL = 4;

    private static final int CHUNK = 1024;

    private final Deflater deflater = new Deflater(LEVEL, true);
    private final CRC32 checksum = new CRC32();
    private boolean begun;

    @Override
    void write(ByteBuf input, ByteBuf output, boolean isLast) {
        if (!begun) {
            begun = true;
            output.writeBytes(HEADER);
        }
        checksum.update(input.nioBuffer());
        deflater.setInput(input.nioBuffer());
        if (isLast) {
            deflater.finish();
        }
        int space;
        int written;
        do {
            output.ensureWritable(CHUNK);
            space = output.writableBytes();
            written = deflater.deflate(
                    output.nioBuffer(output.writerIndex(), space), isLast ? Deflater.NO_FLUSH : Deflater.SYNC_FLUSH);
            output.writerIndex(output.writerIndex() + written);
        } while (isLast ? !deflater.finished() : written == space);
        if (isLast) {
            output.writeIntLE((int) checksum.getValue());
            output.writeIntLE((int) deflater.getBytesRead());
        }
    }

    @Override
    void free() {
        deflater.end();
    }
}
