package kinoteka.gateway.testing;

import io.netty.bootstrap.Bootstrap;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.ChannelInputShutdownReadComplete;
import io.netty.channel.socket.nio.NioDatagramChannel;
import io.netty.handler.codec.http3.DefaultHttp3DataFrame;
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

    /** Connects to this UDP port. */
    public Http3Wire(int port) throws Exception {
        this(port, 1 << 20);
    }

    /** @param window bytes that the server may send on one stream before they are read */
    public Http3Wire(int port, int window) throws Exception {
        this(port, window, QuicSslContextBuilder.forClient().trustManager(InsecureTrustManagerFactory.INSTANCE));
    }

    private Http3Wire(int port, int window, QuicSslContextBuilder trusting) throws Exception {
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
                        channel.pipeline()
                                .addLast(new Http3ClientConnectionHandler(new Control(), null, null, null, true))
                                .addLast(new Control());
                    }
                })
                .remoteAddress(new InetSocketAddress(InetAddress.getLoopbackAddress(), port))
                .connect()
                .get(PATIENCE_SECONDS, TimeUnit.SECONDS);
    }

    /** Fails as a client does that trusts certificates of known authorities only. */
    public static void connectWithoutTrust(int port) throws Exception {
        new Http3Wire(port, 1, QuicSslContextBuilder.forClient()).close();
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
        stream.channel = Http3.newRequestStream(connection, new Http3RequestStreamInitializer() {
                    @Override
                    protected void initRequestStream(QuicStreamChannel channel) {
                        channel.pipeline().addLast(stream);
                    }
                })
                .get(PATIENCE_SECONDS, TimeUnit.SECONDS);
        return stream;
    }

    /** Sends a GET without a body. */
    public Stream get(String path) throws Exception {
        return open().headers("GET", path).end();
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

        /** Takes nothing of the response from now on. */
        public Stream withoutReading() {
            channel().config().setAutoRead(false);
            return this;
        }

        @SuppressWarnings("FutureReturnValueIgnored") // it may have to wait for the server
        public Stream data(String text) {
            channel().writeAndFlush(new DefaultHttp3DataFrame(Unpooled.copiedBuffer(text, StandardCharsets.UTF_8)));
            return this;
        }

        /** Sends these bytes, whatever they are in HTTP/3. */
        public Stream raw(byte... bytes) {
            channel().pipeline()
                    .firstContext()
                    .writeAndFlush(Unpooled.copiedBuffer(bytes))
                    .awaitUninterruptibly();
            return this;
        }

        public Stream end() {
            channel().shutdownOutput().awaitUninterruptibly();
            return this;
        }

        /** Resets the stream in both directions, as a client does that cancels a request. */
        public void cancel() {
            channel().shutdown(0x10c, channel().newPromise()).awaitUninterruptibly();
        }

        /** Waits for what happens next: {@code status}, {@code data text}, {@code end}, {@code reset}. */
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
            } else if (message instanceof Http3DataFrame frame && frame.content().isReadable()) {
                events.add("data " + frame.content().toString(StandardCharsets.UTF_8));
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
