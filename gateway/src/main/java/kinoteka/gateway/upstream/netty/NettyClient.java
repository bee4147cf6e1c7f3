package kinoteka.gateway.upstream.netty;

import io.netty.channel.EventLoopGroup;
import io.netty.channel.socket.SocketChannel;
import io.netty.resolver.AddressResolverGroup;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import kinoteka.gateway.upstream.InstanceClient;
import kinoteka.gateway.upstream.PoolName;
import kinoteka.gateway.upstream.UpstreamRequest;
import kinoteka.gateway.upstream.UpstreamResponse;
import kinoteka.gateway.upstream.netty.connection.Call;
import reactor.core.publisher.Mono;
import reactor.netty.resources.LoopResources;

/** Calls one instance over pooled connections. */
public final class NettyClient implements InstanceClient {

    private static final boolean NATIVE = LoopResources.DEFAULT_NATIVE;

    private final URI instance;
    private final Connector connector;
    private final Map<PoolName, ConnectionPool> pools = new EnumMap<>(PoolName.class);

    /**
     * Creates a client without connections.
     *
     * @param instance scheme, host and port
     * @param loops the event loops of the server, so that a call uses the event loop of its client
     * @param resolver resolves host names
     * @param pools the limits of each pool
     */
    NettyClient(
            URI instance,
            LoopResources loops,
            AddressResolverGroup<InetSocketAddress> resolver,
            ClientSettings settings,
            Map<PoolName, PoolSettings> pools) {
        this.instance = instance;
        EventLoopGroup eventLoops = loops.onClient(NATIVE);
        this.connector = new Connector(
                instance, settings.connectTimeout(), loops.onChannelClass(SocketChannel.class, eventLoops), resolver);
        pools.forEach((name, limits) -> this.pools.put(
                name,
                new ConnectionPool(
                        instance.toString(), instance.getAuthority(), connector, eventLoops, limits, settings)));
    }

    /** Changes the limits of the connections. Time limits that have begun stay as they are. */
    void change(ClientSettings settings, Map<PoolName, PoolSettings> limits) {
        connector.setTimeout(settings.connectTimeout());
        limits.forEach((name, pool) -> pool(name).change(pool, settings));
    }

    /**
     * Determines whether this client is retired. Then calls are served as before, but connections are closed as soon as they are not in use;
     * those of the gateway's own calls at once.
     */
    public void setRetired(boolean retired) {
        pools.values().forEach(pool -> pool.setRetired(retired));
        if (retired) {
            List.of(PoolName.CHANGES, PoolName.HEALTH_CHECKS)
                    .forEach(own -> pool(own).close("the instance is not in the configuration any more"));
        }
    }

    /** Whether there are neither calls nor connections. */
    public boolean isEmpty() {
        return pools.values().stream().allMatch(ConnectionPool::isEmpty);
    }

    @Override
    public Mono<UpstreamResponse> call(UpstreamRequest request) {
        var pool = pool(request.pool());
        return Mono.create(sink -> {
            var call = new Call(request, sink, pool::remove, pool.acquireDeadline());
            sink.onCancel(call::cancel);
            pool.acquire(call);
        });
    }

    private ConnectionPool pool(PoolName name) {
        return Objects.requireNonNull(pools.get(name), name::label);
    }

    @Override
    public URI instance() {
        return instance;
    }

    /** Returns the current state of a pool. */
    public PoolState state(PoolName name) {
        var pool = pool(name);
        return new PoolState(pool.active(), pool.idle(), pool.pending(), pool.maxConnections(), pool.unsolicited());
    }

    /** Closes all connections. */
    public void close() {
        pools.values().forEach(pool -> pool.close("the gateway is shutting down"));
    }

    /**
     * The state of a pool at one time.
     *
     * @param active number of connections that serve a call or are being established
     * @param idle number of idle connections
     * @param pending number of calls that wait for a connection
     * @param max maximum number of connections
     * @param unsolicited number of connections closed so far because unsolicited data arrived on them
     */
    public record PoolState(int active, int idle, int pending, int max, long unsolicited) {}
}
