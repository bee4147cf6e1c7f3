package kinoteka.catalog.database.pool;

import io.r2dbc.spi.Connection;
import io.r2dbc.spi.ConnectionFactory;
import io.r2dbc.spi.ConnectionFactoryMetadata;
import io.r2dbc.spi.ValidationDepth;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import java.util.function.Predicate;
import java.util.stream.Stream;
import kinoteka.catalog.database.request.RequestConnections;
import org.jspecify.annotations.Nullable;
import reactor.core.Disposable;
import reactor.core.publisher.Mono;
import reactor.core.publisher.SynchronousSink;
import reactor.pool.InstrumentedPool;
import reactor.pool.PoolAcquirePendingLimitException;
import reactor.pool.PoolBuilder;
import reactor.pool.PooledRef;
import reactor.pool.PooledRefMetadata;
import reactor.util.context.Context;

/**
 * A pool of connections. Each request waits for connections no longer than the acquire timeout in all, however many it needs one
 * after the other. Within a transaction everybody is given the transaction's own connection.
 */
public final class ConnectionLeases implements ConnectionFactory, Disposable {

    private static final Duration EVICTION_INTERVAL = Duration.ofSeconds(10);
    private static final Object DEADLINE = "deadline of the acquisition";

    /** Reactor's name of the hook for elements that arrive after the end. */
    private static final Object ON_NEXT_DROPPED = "reactor.onNextDropped.local";

    private static final Duration CLOSE_TIMEOUT = Duration.ofSeconds(1);

    private final PoolLimits limits;
    private final ConnectionSource source;
    private final LongSupplier nanoTime;
    private final InstrumentedPool<OpenConnection> pool;
    private final Set<LeasedConnection> leases = ConcurrentHashMap.newKeySet();

    /**
     * @param source makes connections
     * @param isStale whether a connection must not be used again
     * @param nanoTime nanoseconds from an arbitrary origin
     */
    public ConnectionLeases(
            PoolLimits limits, ConnectionSource source, Predicate<PooledRefMetadata> isStale, LongSupplier nanoTime) {
        this.limits = limits;
        this.source = source;
        this.nanoTime = nanoTime;
        this.pool = PoolBuilder.from(Mono.deferContextual(context -> connect(context.get(DEADLINE))))
                .sizeBetween(0, limits.size())
                .maxPendingAcquire(limits.maxWaiting())
                .idleResourceReuseMruOrder() // so that those that a peak needed become idle for long, and are closed
                .evictionPredicate((open, use) ->
                        !isConnected(open.connection()) || !open.server().isUsable() || isStale.test(use))
                .evictInBackground(EVICTION_INTERVAL)
                .destroyHandler(open -> close(open.connection()))
                .buildPool();
    }

    /** A connection for one user, who closes it; in a transaction the transaction's. */
    @Override
    public Mono<Connection> create() {
        return Mono.deferContextual(context -> {
            var ofTransaction = context.<LeasedConnection>getOrEmpty(this);
            return ofTransaction.isPresent()
                    ? Mono.just(ofTransaction.get().share())
                    : acquire().cast(Connection.class);
        });
    }

    @Override
    public ConnectionFactoryMetadata getMetadata() {
        return source.metadata();
    }

    @Override
    public void dispose() {
        pool.dispose();
    }

    public String name() {
        return limits.name();
    }

    /** How many connections are in use, idle and waited for. */
    public InstrumentedPool.PoolMetrics metrics() {
        return pool.metrics();
    }

    Mono<LeasedConnection> acquire() {
        return Mono.deferContextual(context -> {
            var request = RequestConnections.of(context);
            var from = nanoTime.getAsLong();
            var timeout = request.remaining(limits.acquireTimeout()).plusMillis(1); // zero would be unlimited
            return pool.acquire(timeout)
                    .<LeasedConnection>handle((pooled, sink) -> lease(pooled, request, from, sink))
                    .contextWrite(Context.of(
                            DEADLINE, from + timeout.toNanos(), ON_NEXT_DROPPED, (Consumer<Object>) this::dropped))
                    .onErrorMap(this::unavailable)
                    .flatMap(ConnectionLeases::onItsEventLoop);
        });
    }

    /** Connections that are held for longer than the lease timeout. */
    Stream<LeasedConnection> timedOut() {
        return leases.stream().filter(lease -> age(lease).compareTo(limits.leaseTimeout()) > 0);
    }

    /** Connections whose server has not responded to the statement under way for longer than the response timeout. */
    Stream<LeasedConnection> silent() {
        var now = nanoTime.getAsLong();
        return leases.stream()
                .filter(lease ->
                        lease.isWaitingSince(now - limits.responseTimeout().toNanos()));
    }

    /** Connections whose server is lost. */
    Stream<LeasedConnection> lost() {
        return leases.stream().filter(LeasedConnection::isLost);
    }

    /** Connections whose request has not needed them for longer than this. */
    Stream<LeasedConnection> forgotten(Duration age) {
        return leases.stream().filter(lease -> lease.request().isOverFor(age));
    }

    Duration age(LeasedConnection lease) {
        return Duration.ofNanos(nanoTime.getAsLong() - lease.since());
    }

    long now() {
        return nanoTime.getAsLong();
    }

    void ended(LeasedConnection lease) {
        leases.remove(lease);
    }

    private void lease(
            PooledRef<OpenConnection> pooled,
            RequestConnections request,
            long from,
            SynchronousSink<LeasedConnection> sink) {
        var now = nanoTime.getAsLong();
        request.waited(now - from);
        var lease = new LeasedConnection(this, pooled, request, now);
        if (request.acquired()) {
            leases.add(lease);
            sink.next(lease);
        } else {
            finish(pooled.release());
            sink.complete(); // without it one more connection would be requested
        }
    }

    /** The pool delivers a connection now and then that has timed out at the same moment. */
    private void dropped(Object element) {
        if (element instanceof PooledRef<?> pooled) {
            finish(pooled.release());
        }
    }

    /** The driver is meant to be called on the event loop that reads the connection. */
    private static Mono<LeasedConnection> onItsEventLoop(LeasedConnection lease) {
        var loop = lease.eventLoop();
        return loop == null ? Mono.just(lease) : Mono.just(lease).publishOn(loop);
    }

    /** @param deadline of the request that a connection is made for, nanoseconds of the clock */
    private Mono<OpenConnection> connect(long deadline) {
        return Mono.defer(() -> {
            var connecting = source.open().cache(); // goes on when nobody waits for it any more
            return connecting
                    .timeout(Duration.ofNanos(Math.max(0, deadline - nanoTime.getAsLong())))
                    .doOnError(
                            TimeoutException.class,
                            late -> finish(connecting.flatMap(open -> close(open.connection()))));
        });
    }

    /** Does what no request waits for. */
    private static void finish(Mono<Void> work) {
        CompletableFuture<@Nullable Void> unused = work.onErrorComplete().toFuture();
    }

    private Throwable unavailable(Throwable failure) {
        return switch (failure) {
            case TimeoutException e ->
                new ConnectionUnavailable(
                        "No connection of pool " + name() + " was free or could be made within "
                                + limits.acquireTimeout().toMillis() + " ms.",
                        false);
            case PoolAcquirePendingLimitException e ->
                new ConnectionUnavailable(
                        limits.maxWaiting() + " requests wait for a connection of pool " + name() + " already.", true);
            default -> failure;
        };
    }

    private static boolean isConnected(Connection connection) {
        CompletableFuture<@Nullable Boolean> connected =
                Mono.from(connection.validate(ValidationDepth.LOCAL)).toFuture();
        return Boolean.TRUE.equals(connected.getNow(false));
    }

    private static Mono<Void> close(Connection connection) {
        return Mono.from(connection.close()).timeout(CLOSE_TIMEOUT).onErrorComplete();
    }
}
