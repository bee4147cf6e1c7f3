package kinoteka.gateway.testing;

import io.netty.bootstrap.Bootstrap;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.ChannelInputShutdownReadComplete;
import io.netty.channel.socket.nio.NioDatagramChannel;
import io.netty.handler.codec.http3.DefaultHttp3Headers;
import io.netty.handler.codec.http3.DefaultHttp3HeadersFrame;
import io.netty.handler.codec.http3.Http3;
import io.netty.handler.codec.http3.Http3ClientConnectionHandler;
import io.netty.handler.codec.http3.Http3DataFrame;
import io.netty.handler.codec.http3.Http3GoAwayFrame;
import io.netty.handler.codec.http3.Http3HeadersFrame;
import io.netty.handler.codec.http3.Http3RequestStreamInitializer;
import io.netty.handler.codec.quic.QuicChannel;
import io.netty.handler.codec.quic.QuicConnectionCloseEvent;
import io.netty.handler.codec.quic.QuicSslContextBuilder;
import io.netty.handler.codec.quic.QuicStreamChannel;
import io.netty.handler.codec.quic.QuicStreamType;
import io.netty.handler.ssl.util.InsecureTrustManagerFactory;
import io.netty.util.ReferenceCountUtil;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.security.cert.X509Certificate;
import java.util.Objects;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** An HTTP/3 connection whose streams send exactly what they are told. */
public final class Http3Wire implements AutoCloseable {

    private static final int PATIENCE_SECONDS = 15;

    private final MultiThreadIoEventLoopGroup loop = new MultiThreadIoEventLoopGroup(1, NioIoHandler.newFactory());
    private final BlockingQueue<String> events = new LinkedBlockingQueue<>();
    private final QuicChannel connection;
    private final boolean isHttp3;

    /** Connects to this UDP port. */
    public Http3Wire(int port) throws Exception {
        this(port, 1 << 20);
    }

    /** @param window bytes that the server may send on one stream before they are read */
    public Http3Wire(int port, int window) throws Exception {
        this(port, window, true, trustingAll());
    }

    private Http3Wire(int port, int window, boolean isHttp3, QuicSslContextBuilder trusting) throws Exception {
        this.isHttp3 = isHttp3;
        var tls = trusting.applicationProtocols(Http3.supportedApplicationProtocols())
                .build();
        var codec = Http3.newQuicClientCodecBuilder()
                .sslContext(tls)
                .maxIdleTimeout(PATIENCE_SECONDS, TimeUnit.SECONDS)
                .initialMaxData(10L << 20)
                .initialMaxStreamDataBidirectionalLocal(window)
                .build();
        var socket = new Bootstrap()
                .group(loop)
                .channel(NioDatagramChannel.class)
                .handler(codec)
                .bind(0)
                .sync()
                .channel();
        connection = QuicChannel.newBootstrap(socket)
                .handler(new ChannelInitializer<>() {
                    @Override
                    protected void initChannel(Channel channel) {
                        if (isHttp3) {
                            channel.pipeline()
                                    .addLast(new Http3ClientConnectionHandler(new Control(), null, null, null, true));
                        }
                        channel.pipeline().addLast(new Control());
                    }
                })
                .remoteAddress(new InetSocketAddress(InetAddress.getLoopbackAddress(), port))
                .connect()
                .get(PATIENCE_SECONDS, TimeUnit.SECONDS);
    }

    /** Fails as a client does that trusts certificates of known authorities only. */
    public static void connectWithoutTrust(int port) throws Exception {
        new Http3Wire(port, 1, true, QuicSslContextBuilder.forClient()).close();
    }

    /** Connects without the streams of HTTP/3 itself. What is received on streams of requests is not decoded. */
    public static Http3Wire ofQuicOnly(int port) throws Exception {
        return new Http3Wire(port, 1 << 20, false, trustingAll());
    }

    private static QuicSslContextBuilder trustingAll() {
        return QuicSslContextBuilder.forClient().trustManager(InsecureTrustManagerFactory.INSTANCE);
    }

    /** Whether the server refuses a new connection, during its handshake or directly after it. */
    public static boolean isRefused(int port) throws Exception {
        try (var wire = new Http3Wire(port)) {
            return wire.next().equals("closed 2");
        } catch (ExecutionException closed) {
            return true;
        }
    }

    /** Opens the stream of a request. */
    public Stream open() throws Exception {
        var stream = new Stream();
        if (!isHttp3) {
            stream.channel = connection
                    .createStream(QuicStreamType.BIDIRECTIONAL, stream)
                    .get(PATIENCE_SECONDS, TimeUnit.SECONDS);
            return stream;
        }
        stream.channel = Http3.newRequestStream(connection, new Http3RequestStreamInitializer() {
                    @Override
                    protected void initRequestStream(QuicStreamChannel channel) {
                        channel.pipeline().addLast(stream);
                    }
                })
                .get(PATIENCE_SECONDS, TimeUnit.SECONDS);
        return stream;
    }

    /** Whether the server permits one more request at this time. */
    public boolean canOpen() throws Exception {
        return isAllowed(QuicStreamType.BIDIRECTIONAL);
    }

    /** Whether the server permits one more stream in one direction. */
    public boolean canOpenOneWay() throws Exception {
        return isAllowed(QuicStreamType.UNIDIRECTIONAL);
    }

    /** Netty updates the number on the event loop, after it has reported what has been received. */
    private boolean isAllowed(QuicStreamType type) throws Exception {
        return connection
                .eventLoop()
                .submit(() -> connection.peerAllowedStreams(type) > 0)
                .get(PATIENCE_SECONDS, TimeUnit.SECONDS);
    }

    /** Sends a GET without a body. */
    public Stream get(String path) throws Exception {
        return open().headers("GET", path).end();
    }

    /** Opens a stream in one direction and sends these bytes on it, of which the first is its type. */
    public Stream sendOneWay(byte... bytes) throws Exception {
        var stream = new Stream();
        stream.channel =
                connection.createStream(QuicStreamType.UNIDIRECTIONAL, stream).get(PATIENCE_SECONDS, TimeUnit.SECONDS);
        return stream.raw(bytes);
    }

    /** Closes the socket. The gateway is not told. */
    public void vanish() {
        connection.parent().close().awaitUninterruptibly();
    }

    /** Waits for the next event of the connection: {@code GOAWAY id} or {@code closed code}. */
    public String next() throws InterruptedException {
        return await(events);
    }

    private static String await(BlockingQueue<String> queue) throws InterruptedException {
        var event = queue.poll(PATIENCE_SECONDS, TimeUnit.SECONDS);
        if (event == null) {
            throw new AssertionError("nothing happened");
        }
        return event;
    }

    /** Returns the subject of the server's certificate. */
    public String subject() throws Exception {
        var engine = Objects.requireNonNull(connection.sslEngine(), "engine");
        var certificate = (X509Certificate) engine.getSession().getPeerCertificates()[0];
        return certificate.getSubjectX500Principal().getName();
    }

    @Override
    public void close() {
        connection.close().awaitUninterruptibly();
        connection.parent().close().awaitUninterruptibly();
        loop.shutdownGracefully(0, 1, TimeUnit.SECONDS).awaitUninterruptibly();
    }

    /** Follows the connection and its control stream. */
    private final class Control extends ChannelInboundHandlerAdapter {

        @Override
        public void channelRead(ChannelHandlerContext ctx, Object message) {
            if (message instanceof Http3GoAwayFrame goAway) {
                events.add("GOAWAY " + goAway.id());
            }
            if (message instanceof QuicStreamChannel) {
                ctx.fireChannelRead(message);
            } else {
                ReferenceCountUtil.release(message);
            }
        }

        @Override
        public void userEventTriggered(ChannelHandlerContext ctx, Object event) {
            if (event instanceof QuicConnectionCloseEvent close) {
                events.add("closed " + Integer.toHexString(close.error()));
            }
            ctx.fireUserEventTriggered(event);
        }
    }

    /** The stream of one request. */
    public static final class Stream extends ChannelInboundHandlerAdapter {

        private final BlockingQueue<String> events = new LinkedBlockingQueue<>();
        private @Nullable QuicStreamChannel channel;

        private QuicStreamChannel channel() {
            return Objects.requireNonNull(channel, "channel");
        }

        /** Sends the headers of a request to the authority {@code localhost}. */
        public Stream headers(String method, String path, String... more) {
            var headers = new DefaultHttp3Headers(false)
                    .method(method)
                    .scheme("https")
                    .authority("localhost")
                    .path(path);
            for (int i = 0; i < more.length; i += 2) {
                headers.set(more[i], more[i + 1]);
            }
            channel().writeAndFlush(new DefaultHttp3HeadersFrame(headers)).awaitUninterruptibly();
            return this;
        }

        /** Sends these fields, each {@code name: value}, exactly so and in this order. */
        public Stream fields(String... fields) {
            var encoded = Unpooled.buffer().writeShort(0); // no dynamic table
            for (var field : fields) {
                var colon = field.indexOf(": ", 1);
                literal(encoded, 0x20, 7, field.substring(0, colon));
                literal(encoded, 0, 127, field.substring(colon + 2));
            }
            var frame = Unpooled.buffer().writeByte(1).writeInt(0x8000_0000 | encoded.readableBytes());
            return raw(ByteBufUtil.getBytes(frame.writeBytes(encoded)));
        }

        /** Encodes a string without compression, and its length with a prefix (RFC 9204, 4.1). */
        private static void literal(ByteBuf out, int prefix, int largest, String text) {
            var bytes = text.getBytes(StandardCharsets.ISO_8859_1);
            if (bytes.length < largest) {
                out.writeByte(prefix | bytes.length);
            } else {
                out.writeByte(prefix | largest);
                var rest = bytes.length - largest;
                for (; rest >= 128; rest >>= 7) {
                    out.writeByte((rest & 127) | 128);
                }
                out.writeByte(rest);
            }
            out.writeBytes(bytes);
        }

        /** Takes nothing of the response from now on. */
        public Stream withoutReading() {
            channel().config().setAutoRead(false);
            return this;
        }

        @SuppressWarnings("FutureReturnValueIgnored") // it may have to wait for the server
        public Stream data(String text) {
            var bytes = text.getBytes(StandardCharsets.UTF_8);
            var frame = Unpooled.buffer().writeByte(0).writeInt(0x8000_0000 | bytes.length);
            var codec = channel().pipeline().firstContext();
            if (codec != null) { // the stream is open
                codec.writeAndFlush(frame.writeBytes(bytes));
            }
            return this;
        }

        /** Sends these bytes, whatever they are in HTTP/3. */
        public Stream raw(byte... bytes) {
            var codec = channel().pipeline().firstContext();
            if (codec != null) { // the stream is open
                codec.writeAndFlush(Unpooled.copiedBuffer(bytes)).awaitUninterruptibly();
            }
            return this;
        }

        @SuppressWarnings("FutureReturnValueIgnored") // it is never complete if the server has told the client to stop
        public Stream end() {
            channel().shutdownOutput();
            return this;
        }

        /** Resets the stream in both directions, as a client does that cancels a request. */
        public void cancel() {
            channel().shutdown(0x10c, channel().newPromise()).awaitUninterruptibly();
        }

        public boolean isClosed() {
            return !channel().isOpen();
        }

        /** Waits for what happens next: {@code status}, {@code data text}, {@code end}, {@code reset}; without HTTP/3 {@code bytes}. */
        public String next() throws InterruptedException {
            return await(events);
        }

        /** Returns the status and the body of the response, or how it ended. */
        public String response() throws InterruptedException {
            var response = new StringBuilder();
            for (var event = next(); !event.equals("end"); event = next()) {
                response.append(event.startsWith("data ") ? event.substring(5) : event + " ");
                if (event.equals("reset")) {
                    break;
                }
            }
            return response.toString();
        }

        @Override
        public void channelRead(ChannelHandlerContext ctx, Object message) {
            if (message instanceof Http3HeadersFrame frame) {
                events.add(String.valueOf(frame.headers().status()));
            } else if (message instanceof Http3DataFrame frame
                    && frame.content().isReadable()) {
                events.add("data " + frame.content().toString(StandardCharsets.UTF_8));
            } else if (message instanceof ByteBuf) {
                events.add("bytes");
            }
            ReferenceCountUtil.release(message);
        }

        @Override
        public void userEventTriggered(ChannelHandlerContext ctx, Object event) {
            if (event instanceof ChannelInputShutdownReadComplete) {
                events.add("end");
            }
            ctx.fireUserEventTriggered(event);
        }

        @Override
        public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
            events.add("reset");
        }

        @Override
        public void channelInactive(ChannelHandlerContext ctx) {
            events.add("reset");
        }
    }
}
