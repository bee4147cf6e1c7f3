package kinoteka.gateway.upstream.netty.connection;

import io.netty.buffer.ByteBuf;

/** The bytes of a short response as they arrive. */
final class ShortBody {

    private final byte[] bytes;
    private int length;

    /** A body of which nothing has arrived yet. The decoder gives no more than this length. */
    ShortBody(int length) {
        this.bytes = new byte[length];
    }

    void append(ByteBuf part) {
        var added = part.readableBytes();
        part.readBytes(bytes, length, added);
        length += added;
    }

    byte[] bytes() {
        return bytes;
    }
}
