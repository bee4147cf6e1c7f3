package kinoteka.gateway.upstream.netty;

import io.netty.resolver.AddressResolverGroup;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.Map;
import kinoteka.gateway.upstream.PoolName;
import kinoteka.gateway.upstream.UpstreamSettings;
import reactor.netty.resources.LoopResources;
import reactor.netty.transport.NameResolverProvider;

/** Creates the clients of instances, and changes their limits. */
public final class NettyClients implements AutoCloseable {

    private final LoopResources loops;
    private final AddressResolverGroup<InetSocketAddress> resolver;

    /** @param loops the event loops of the server, so that a call uses the event loop of its client */
    public NettyClients(LoopResources loops) {
        this.loops = loops;
        resolver = NameResolverProvider.builder().build().newNameResolverGroup(loops, LoopResources.DEFAULT_NATIVE);
    }

    /** Creates the client of an instance. Connections are established when calls need them. */
    public NettyClient create(URI instance, UpstreamSettings settings) {
        return new NettyClient(instance, loops, resolver, client(settings), pools(settings));
    }

    /** Changes the limits of a client. */
    public static void change(NettyClient client, UpstreamSettings settings) {
        client.change(client(settings), pools(settings));
    }

    private static ClientSettings client(UpstreamSettings settings) {
        return new ClientSettings(
                settings.connectTimeout(),
                settings.responseTimeLimit(),
                settings.streamIdleTimeout(),
                settings.maxIdleTime());
    }

    private static Map<PoolName, PoolSettings> pools(UpstreamSettings settings) {
        return Map.of(
                PoolName.REQUESTS,
                pool(settings.requests()),
                PoolName.STREAMS,
                pool(settings.streams()),
                PoolName.HEALTH_CHECKS,
                new PoolSettings(1, 1, settings.connectTimeout()),
                PoolName.CHANGES,
                new PoolSettings(2, 1, settings.connectTimeout())); // one may still be closing
    }

    private static PoolSettings pool(UpstreamSettings.Pool pool) {
        return new PoolSettings(pool.maxConnections(), pool.pendingAcquireMax(), pool.acquireTimeout());
    }

    @Override
    public void close() {
        resolver.close();
    }
}
