package kinoteka.gateway.ratelimit.redis;

import io.github.bucket4j.distributed.ExpirationAfterWriteStrategy;
import io.github.bucket4j.distributed.proxy.AsyncProxyManager;
import io.github.bucket4j.redis.lettuce.Bucket4jLettuce;
import io.lettuce.core.ClientOptions;
import io.lettuce.core.ClientOptions.DisconnectedBehavior;
import io.lettuce.core.RedisClient;
import io.lettuce.core.RedisURI;
import io.lettuce.core.SocketOptions;
import io.lettuce.core.SocketOptions.TcpUserTimeoutOptions;
import io.lettuce.core.TimeoutOptions;
import io.lettuce.core.codec.ByteArrayCodec;
import io.lettuce.core.resource.ClientResources;
import io.lettuce.core.resource.DefaultClientResources;
import io.lettuce.core.resource.Delay;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/**
 * The connection to Redis. The gateway starts without Redis: then the requests that try it establish the connection. When it is lost, the
 * client re-establishes it, and commands fail at once until then.
 */
final class RedisConnection implements AutoCloseable {

    private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(1);
    private static final Duration MAX_RECONNECT_DELAY = Duration.ofSeconds(1);

    /** Time after which a connection is closed if the server does not acknowledge what was sent, for example because its machine is off. */
    private static final Duration UNACKNOWLEDGED_TIMEOUT = Duration.ofSeconds(5);

    /** Commands without a response; further ones fail. */
    private static final int MAX_PENDING_COMMANDS = 10_000;

    /** Keeps a bucket a little longer than until it is full, because the clocks of the gateways may differ. */
    private static final Duration KEPT_FULL = Duration.ofSeconds(1);

    private final ClientResources resources;
    private final RedisClient client;
    private final RedisURI uri;
    private CompletableFuture<AsyncProxyManager<byte[]>> connected;

    RedisConnection(String address, Duration timeout) {
        uri = RedisURI.create(address);
        uri.setTimeout(timeout);
        resources = DefaultClientResources.builder()
                .ioThreadPoolSize(2)
                .computationThreadPoolSize(2)
                .reconnectDelay(Delay.exponential(Duration.ofMillis(50), MAX_RECONNECT_DELAY, 2, TimeUnit.MILLISECONDS))
                .build();
        client = RedisClient.create(resources);
        client.setOptions(ClientOptions.builder()
                .disconnectedBehavior(DisconnectedBehavior.REJECT_COMMANDS)
                .requestQueueSize(MAX_PENDING_COMMANDS)
                .timeoutOptions(TimeoutOptions.enabled(timeout))
                .socketOptions(SocketOptions.builder()
                        .connectTimeout(CONNECT_TIMEOUT)
                        .tcpUserTimeout(TcpUserTimeoutOptions.builder()
                                .tcpUserTimeout(UNACKNOWLEDGED_TIMEOUT)
                                .enable()
                                .build())
                        .build())
                .build());
        connected = connect();
    }

    /** Returns the buckets in Redis when it is connected. Tries again to connect if the first connection could not be established. */
    synchronized CompletableFuture<AsyncProxyManager<byte[]>> buckets() {
        if (connected.isCompletedExceptionally()) {
            connected = connect();
        }
        return connected;
    }

    private CompletableFuture<AsyncProxyManager<byte[]>> connect() {
        return client.connectAsync(ByteArrayCodec.INSTANCE, uri)
                .toCompletableFuture()
                .thenApply(connection -> Bucket4jLettuce.casBasedBuilder(connection.async())
                        .expirationAfterWrite(
                                ExpirationAfterWriteStrategy.basedOnTimeForRefillingBucketUpToMax(KEPT_FULL))
                        .build()
                        .asAsync());
    }

    @Override
    public void close() {
        client.shutdown();
        resources.shutdown(0, 1, TimeUnit.SECONDS).awaitUninterruptibly();
    }
}
