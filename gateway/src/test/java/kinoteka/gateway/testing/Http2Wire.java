package kinoteka.gateway.testing;

import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import io.netty.handler.codec.http2.DefaultHttp2Headers;
import io.netty.handler.codec.http2.DefaultHttp2HeadersDecoder;
import io.netty.handler.codec.http2.DefaultHttp2HeadersEncoder;
import io.netty.handler.codec.http2.Http2Exception;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** A connection that speaks HTTP/2 without TLS and sends exactly the frames that it is given. */
public final class Http2Wire implements AutoCloseable {

    public static final int DATA = 0;
    public static final int HEADERS = 1;
    public static final int RST_STREAM = 3;
    public static final int SETTINGS = 4;
    public static final int PING = 6;
    public static final int GOAWAY = 7;
    public static final int WINDOW_UPDATE = 8;

    public static final int NO_ERROR = 0;
    public static final int PROTOCOL_ERROR = 1;
    public static final int STREAM_CLOSED = 5;
    public static final int REFUSED_STREAM = 7;
    public static final int ENHANCE_YOUR_CALM = 11;

    public static final int END_STREAM = 1;
    public static final int END_HEADERS = 4;

    private static final int PATIENCE_MILLIS = 10_000;

    private final Socket socket;
    private final DataInputStream in;
    private final DefaultHttp2HeadersDecoder decoder = new DefaultHttp2HeadersDecoder();

    /** Connects and exchanges the connection preface. */
    public Http2Wire(int port) throws IOException {
        socket = new Socket("localhost", port);
        socket.setSoTimeout(PATIENCE_MILLIS);
        socket.setTcpNoDelay(true);
        in = new DataInputStream(socket.getInputStream());
        socket.getOutputStream().write("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
        send(SETTINGS, 0, 0, new byte[0]);
    }

    public Http2Wire send(int type, int flags, int stream, byte... payload) throws IOException {
        var frame = ByteBuffer.allocate(9 + payload.length)
                .put((byte) (payload.length >> 16))
                .put((byte) (payload.length >> 8))
                .put((byte) payload.length)
                .put((byte) type)
                .put((byte) flags)
                .putInt(stream)
                .put(payload);
        socket.getOutputStream().write(frame.array());
        socket.getOutputStream().flush();
        return this;
    }

    /** Sends HEADERS with these fields, each written {@code name value}. */
    public Http2Wire headers(int stream, boolean end, String... fields) throws IOException {
        var headers = new DefaultHttp2Headers(false);
        for (var field : fields) {
            var space = field.indexOf(' ');
            headers.add(field.substring(0, space), field.substring(space + 1));
        }
        var block = Unpooled.buffer();
        try {
            new DefaultHttp2HeadersEncoder((name, value) -> true).encodeHeaders(stream, headers, block);
        } catch (Http2Exception e) {
            throw new AssertionError(e);
        }
        return send(HEADERS, END_HEADERS | (end ? END_STREAM : 0), stream, ByteBufUtil.getBytes(block));
    }

    /** Sends a whole request without a body. */
    public Http2Wire get(int stream, String path) throws IOException {
        return headers(stream, true, ":method GET", ":scheme http", ":authority a", ":path " + path);
    }

    /** Sends the headers of a request with a body. */
    public Http2Wire post(int stream, String path) throws IOException {
        return headers(stream, false, ":method POST", ":scheme http", ":authority a", ":path " + path);
    }

    /** Reads frames until one of these types, and returns it. Throws when the connection ends before. */
    public Frame next(Integer... types) throws IOException {
        while (true) {
            var length = (in.readUnsignedByte() << 16) | in.readUnsignedShort();
            var type = in.readUnsignedByte();
            var flags = in.readUnsignedByte();
            var stream = in.readInt();
            var frame = new Frame(type, flags, stream, in.readNBytes(length), "");
            if (type == HEADERS) {
                frame = frame.with(decode(frame));
            }
            if (List.of(types).contains(type)) {
                return frame;
            }
        }
    }

    private String decode(Frame frame) {
        try {
            return decoder.decodeHeaders(frame.stream, Unpooled.wrappedBuffer(frame.payload))
                    .toString();
        } catch (Http2Exception e) {
            throw new AssertionError(e);
        }
    }

    /** Reads until the other side closes or resets the connection. */
    public void awaitClose() throws IOException {
        try {
            while (true) {
                next();
            }
        } catch (EOFException closed) {
            // as expected
        } catch (IOException reset) {
            if (!String.valueOf(reset.getMessage()).contains("reset")) {
                throw reset;
            }
        }
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }

    /**
     * One frame.
     *
     * @param headers decoded, if it is HEADERS
     */
    @SuppressWarnings("ArrayRecordComponent") // it is read, not compared
    public record Frame(int type, int flags, int stream, byte[] payload, String headers) {

        Frame with(String decoded) {
            return new Frame(type, flags, stream, payload, decoded);
        }

        public boolean isEnd() {
            return (type == DATA || type == HEADERS) && (flags & END_STREAM) != 0;
        }

        /** The error code of RST_STREAM or GOAWAY. */
        public int errorCode() {
            return ByteBuffer.wrap(payload).getInt(type == GOAWAY ? 4 : 0);
        }

        /** The last stream of GOAWAY. */
        public int lastStream() {
            return ByteBuffer.wrap(payload).getInt();
        }

        public String text() {
            return new String(payload, StandardCharsets.UTF_8);
        }
    }
}
