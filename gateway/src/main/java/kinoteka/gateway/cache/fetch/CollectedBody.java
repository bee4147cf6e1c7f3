package kinoteka.gateway.cache.fetch;

import io.netty.buffer.ByteBuf;
import java.util.Arrays;

/** Collects the body of a response that is to be stored. For a single writer. */
final class CollectedBody {

    private static final int INITIAL_SIZE = 4 * 1024;

    private final int limit;
    private byte[] bytes = new byte[INITIAL_SIZE];
    private int length;

    /**
     * Creates an empty body.
     *
     * @param limit the maximum length in bytes, less than half of {@link Integer#MAX_VALUE}
     */
    CollectedBody(int limit) {
        this.limit = limit;
    }

    /** Adds the next part, which is released. Fails with {@link TooLarge} if the body is longer than the limit. */
    void append(ByteBuf part) {
        try {
            var longer = length + part.readableBytes();
            if (longer > limit) {
                throw new TooLarge();
            }
            if (longer > bytes.length) {
                bytes = Arrays.copyOf(bytes, Math.min(limit, Math.max(longer, 2 * bytes.length)));
            }
            part.readBytes(bytes, length, part.readableBytes());
            length = longer;
        } finally {
            part.release();
        }
    }

    byte[] bytes() {
        return length == bytes.length ? bytes : Arrays.copyOf(bytes, length);
    }

    /** The body is too long to be stored. */
    static final class TooLarge extends RuntimeException {

        private static final long serialVersionUID = 1;

        TooLarge() {
            super("the response is too long to be stored", null, false, false);
        }
    }
}
