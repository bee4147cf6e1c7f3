package kinoteka.gateway.compression.codec;

import com.aayushatharva.brotli4j.Brotli4jLoader;
import com.aayushatharva.brotli4j.decoder.DecoderJNI;
import com.github.luben.zstd.ZstdInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.util.zip.GZIPInputStream;

/** What a client does with a compressed body. */
public final class Decompress {

    private Decompress() {}

    /** Returns a stream that yields what it can as soon as it can. */
    public static InputStream stream(String token, InputStream compressed) throws IOException {
        Brotli4jLoader.ensureAvailability();
        return switch (token) {
            case "gzip" -> new GZIPInputStream(compressed, 1);
            case "br" -> new BrotliStream(compressed);
            case "zstd" -> new ZstdInputStream(compressed).setContinuous(false);
            default -> throw new IOException("content coding: " + token);
        };
    }

    /** Unlike the library's own stream it does not wait for more than it needs. */
    @SuppressWarnings(
            "InputStreamSlowMultibyteRead") // reading more than one byte would wait for bytes that are not sent yet
    private static final class BrotliStream extends InputStream {

        private final InputStream compressed;
        private final DecoderJNI.Wrapper decoder = new DecoderJNI.Wrapper(1);
        private ByteBuffer output = ByteBuffer.allocate(0);

        BrotliStream(InputStream compressed) throws IOException {
            this.compressed = compressed;
        }

        @Override
        public int read() throws IOException {
            while (!output.hasRemaining()) {
                if (decoder.hasOutput()) {
                    output = decoder.pull();
                } else if (decoder.getStatus() == DecoderJNI.Status.DONE) {
                    return -1;
                } else {
                    pushByte();
                }
            }
            return output.get() & 0xff;
        }

        private void pushByte() throws IOException {
            var next = compressed.read();
            if (next < 0 || decoder.getStatus() == DecoderJNI.Status.ERROR) {
                throw new IOException("invalid or incomplete: " + decoder.getStatus());
            }
            decoder.getInputBuffer().clear().put((byte) next);
            decoder.push(1);
        }

        @Override
        public void close() throws IOException {
            decoder.destroy();
            compressed.close();
        }
    }
}
