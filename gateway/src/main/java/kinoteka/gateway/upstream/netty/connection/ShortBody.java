package kinoteka.gateway.upstream.netty.connection;

import io.netty.buffer.ByteBuf;

/** Collects the body of a short response. */
final class ShortBody {

    private final byte[] bytes;
    private int length;

    /** Creates an empty buffer for a body of this length. The decoder delivers no more than that. */
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
