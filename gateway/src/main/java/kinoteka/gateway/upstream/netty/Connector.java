package kinoteka.gateway.upstream.netty;

import io.netty.bootstrap.Bootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoop;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import io.netty.handler.ssl.SslHandler;
import io.netty.resolver.AddressResolverGroup;
import java.net.InetSocketAddress;
import java.net.URI;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;

/** Opens connections to one instance, with TLS if the scheme of its URI is {@code https}. */
final class Connector {

    private static final int HTTPS = 443;
    private static final int HTTP = 80;

    private final String host;
    private final int port;
    private volatile Duration timeout;
    private final @Nullable SslContext tls;
    private final Bootstrap bootstrap;

    Connector(
            URI instance,
            Duration timeout,
            Class<? extends Channel> channelType,
            AddressResolverGroup<InetSocketAddress> resolver) {
        var secure = "https".equals(instance.getScheme());
        this.host = instance.getHost();
        this.port = instance.getPort() >= 0 ? instance.getPort() : secure ? HTTPS : HTTP;
        this.timeout = timeout;
        this.tls = secure ? clientTls() : null;
        this.bootstrap = new Bootstrap()
                .channel(channelType)
                .resolver(resolver)
                .remoteAddress(InetSocketAddress.createUnresolved(host, port))
                .option(ChannelOption.TCP_NODELAY, true)
                .option(ChannelOption.SO_KEEPALIVE, true);
    }

    private static SslContext clientTls() {
        try {
            return SslContextBuilder.forClient().build(); // verifies the chain and the host name
        } catch (SSLException e) {
            throw new IllegalStateException("TLS is not available", e);
        }
    }

    /** Changes the time limit of further connections. */
    void setTimeout(Duration limit) {
        timeout = limit;
    }

    /** Opens a connection. The future completes when TCP is connected. The pipeline contains the TLS handler, if any, and nothing else. */
    ChannelFuture connect(EventLoop eventLoop) {
        var millis = Math.toIntExact(timeout.toMillis());
        return bootstrap
                .clone(eventLoop)
                .option(ChannelOption.CONNECT_TIMEOUT_MILLIS, millis)
                .handler(new ChannelInitializer<>() {
                    @Override
                    protected void initChannel(Channel channel) {
                        if (tls != null) {
                            SslHandler handler = tls.newHandler(channel.alloc(), host, port);
                            handler.setHandshakeTimeout(millis, TimeUnit.MILLISECONDS);
                            channel.pipeline().addLast(handler);
                        }
                    }
                })
                .connect();
    }
}
