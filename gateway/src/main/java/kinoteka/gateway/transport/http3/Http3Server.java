package kinoteka.gateway.transport.http3;

import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.group.ChannelGroup;
import io.netty.channel.group.DefaultChannelGroup;
import io.netty.handler.codec.quic.QuicChannel;
import io.netty.handler.codec.quic.QuicTransportError;
import io.netty.util.concurrent.GlobalEventExecutor;
import java.net.InetSocketAddress;
import java.security.SecureRandom;
import java.util.Objects;
import kinoteka.gateway.tls.ServerCertificate;
import kinoteka.gateway.tls.TlsServer;
import kinoteka.gateway.transport.PublicServer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.boot.ssl.SslBundles;
import org.springframework.boot.web.server.autoconfigure.ServerProperties;
import org.springframework.boot.web.server.context.WebServerApplicationContext;
import org.springframework.context.SmartLifecycle;
import org.springframework.http.server.reactive.HttpHandler;
import org.springframework.http.server.reactive.ReactorHttpHandlerAdapter;
import org.springframework.stereotype.Component;
import reactor.netty.DisposableServer;
import reactor.netty.http.Http3SettingsSpec;
import reactor.netty.http.HttpProtocol;
import reactor.netty.http.server.HttpServer;

/** The HTTP/3 server. Spring Boot configures none. */
@Component
@ConditionalOnProperty("kinoteka.gateway.tls.certificate")
@ConditionalOnProperty("kinoteka.gateway.http3.enabled")
class Http3Server implements SmartLifecycle {

    private static final Logger LOG = LoggerFactory.getLogger(Http3Server.class);

    private static final int SECRET_LENGTH = 32;

    private final TlsServer tls;
    private final ServerProperties server;
    private final Http3Limits limits;
    private final SslBundles bundles;
    private final HttpHandler handler;
    private final PublicServer publicServer;
    private final Http3Pipeline pipeline;
    private final Http3Port port;
    private final ChannelGroup connections = new DefaultChannelGroup(GlobalEventExecutor.INSTANCE);
    private volatile boolean stopping;
    private volatile @Nullable DisposableServer running;

    Http3Server(
            TlsServer tls,
            ServerProperties server,
            Http3Limits limits,
            SslBundles bundles,
            HttpHandler handler,
            PublicServer publicServer,
            Http3Pipeline pipeline,
            Http3Port port) {
        this.tls = tls;
        this.server = server;
        this.limits = limits;
        this.bundles = bundles;
        this.handler = handler;
        this.publicServer = publicServer;
        this.pipeline = pipeline;
        this.port = port;
    }

    @Override
    public void start() {
        var certificate = new QuicCertificate(bundles.getBundle(ServerCertificate.BUNDLE));
        bundles.addBundleUpdateHandler(ServerCertificate.BUNDLE, certificate::update);
        stopping = false;
        var bound = publicServer
                .handleRejections(HttpServer.create())
                .bindAddress(() -> new InetSocketAddress(
                        Objects.requireNonNullElseGet(server.getAddress(), () -> new InetSocketAddress(0).getAddress()),
                        tls.port()))
                .protocol(HttpProtocol.HTTP3)
                .secure(spec -> spec.sslContext(certificate.context()))
                .http3Settings(this::configure)
                .doOnChannelInit((observer, channel, address) -> accept(channel))
                .doOnBound(socket -> socket.channel().pipeline().addFirst(new DatagramFilter()))
                .handle(new ReactorHttpHandlerAdapter(handler))
                .bindNow();
        running = bound;
        port.set(bound.port());
        LOG.info("HTTP/3 on UDP port {}", bound.port());
    }

    private void configure(Http3SettingsSpec.Builder spec) {
        var secret = new byte[SECRET_LENGTH];
        new SecureRandom().nextBytes(secret);
        spec.idleTimeout(limits.idleTimeout())
                .maxData(Http3Limits.CONNECTION_WINDOW)
                .maxStreamDataBidirectionalRemote(Http3Limits.STREAM_WINDOW)
                .maxStreamsBidirectional(Http3Limits.STREAMS)
                .maxFieldSectionSize(limits.decodedHeaders())
                .tokenHandler(new AddressTokens(secret, () -> System.nanoTime() / 1_000_000));
    }

    private void accept(Channel channel) {
        var connection = (QuicChannel) channel;
        if (!stopping && pipeline.addTo(connection)) {
            connections.add(connection);
        } else { // a moment later, when there is a connection to refuse
            connection.parent().eventLoop().execute(() -> refuse(connection));
        }
    }

    @SuppressWarnings("FutureReturnValueIgnored") // whether it succeeds or not, there is nothing to do
    private static void refuse(QuicChannel connection) {
        connection.close(false, (int) QuicTransportError.CONNECTION_REFUSED.code(), Unpooled.EMPTY_BUFFER);
    }

    /** Accepts no more connections, and ends when those that are open have ended. */
    @Override
    public void stop(Runnable stopped) {
        stopAccepting();
        connections.newCloseFuture().addListener(closed -> {
            dispose();
            stopped.run();
        });
    }

    @Override
    public void stop() {
        stopAccepting();
        dispose();
    }

    private void stopAccepting() {
        stopping = true;
        port.set(0);
    }

    private void dispose() {
        var disposed = running;
        running = null;
        if (disposed != null) {
            disposed.dispose();
        }
    }

    @Override
    public boolean isRunning() {
        return running != null;
    }

    /** That of the HTTPS server, after which it starts, because it depends on it. */
    @Override
    public int getPhase() {
        return WebServerApplicationContext.GRACEFUL_SHUTDOWN_PHASE;
    }
}
