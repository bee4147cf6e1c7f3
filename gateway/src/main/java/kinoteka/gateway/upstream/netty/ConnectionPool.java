package kinoteka.gateway.upstream.netty;

import io.netty.channel.EventLoop;
import io.netty.channel.EventLoopGroup;
import java.time.Duration;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Consumer;
import kinoteka.gateway.upstream.FailureReason;
import kinoteka.gateway.upstream.UpstreamException;
import kinoteka.gateway.upstream.netty.connection.Call;
import kinoteka.gateway.upstream.netty.connection.TimeLimits;
import org.jspecify.annotations.Nullable;

/**
 * A bounded pool of connections to one instance. Each connection belongs to an event loop. Calls that wait for a connection are served in
 * the order of their arrival. On each event loop the connection that was released last is used first, so that surplus connections stay
 * unused and are closed. Thread-safe.
 *
 * <p>No call waits while a connection is idle: a call is first added to the queue and then offered to every event loop, and a connection is
 * first marked idle and then takes a call from the queue.
 */
final class ConnectionPool {

    private static final Duration MIN_TICK = Duration.ofMillis(10);
    private static final Duration MAX_TICK = Duration.ofMillis(100);
    private static final int TICKS_PER_LIMIT = 10;

    private final String instance;
    private final String authority;
    private final Connector connector;
    private final EventLoopGroup eventLoops;
    private final Map<EventLoop, LoopConnections> byLoop = new ConcurrentHashMap<>();
    private final Queue<Call> waiting = new ConcurrentLinkedQueue<>();
    private final AtomicInteger waitingCount = new AtomicInteger();
    private final AtomicInteger connections = new AtomicInteger();
    private final AtomicInteger idle = new AtomicInteger();
    private final LongAdder unsolicited = new LongAdder();
    private volatile Limits limits;
    private volatile boolean retired;

    ConnectionPool(
            String instance,
            String authority,
            Connector connector,
            EventLoopGroup eventLoops,
            PoolSettings settings,
            ClientSettings client) {
        this.instance = instance;
        this.authority = authority;
        this.connector = connector;
        this.eventLoops = eventLoops;
        this.limits = Limits.of(settings, client);
    }

    /** Changes the limits. Time limits that have begun stay as they are; surplus connections are closed when they are not in use. */
    void change(PoolSettings settings, ClientSettings client) {
        limits = Limits.of(settings, client);
        onEachLoop(LoopConnections::closeSurplus);
        onEachLoop(LoopConnections::serveWaiting); // there may be more connections now
    }

    /** Determines whether connections are closed as soon as they are not in use. Calls are served all the same. */
    void setRetired(boolean isRetired) {
        retired = isRetired;
        onEachLoop(LoopConnections::closeSurplus);
    }

    /** The number of connections above the maximum, which is none if the pool is retired. Not positive if there are not too many. */
    int surplus() {
        return connections.get() - (retired ? 0 : maxConnections());
    }

    /** Whether there are neither connections nor calls that wait for one. */
    boolean isEmpty() {
        return connections.get() == 0 && pending() == 0;
    }

    private void onEachLoop(Consumer<LoopConnections> action) {
        byLoop.forEach((eventLoop, loopConnections) -> {
            if (!eventLoop.isShuttingDown()) { // which closes them, too
                eventLoop.execute(() -> action.accept(loopConnections));
            }
        });
    }

    /** Returns the time, by {@link System#nanoTime()}, until which a call that begins now may wait for a connection. */
    long acquireDeadline() {
        return System.nanoTime() + limits.pool.acquireTimeout().toNanos();
    }

    /** Serves the call on the current event loop; on any event loop if the current thread is not one. */
    void acquire(Call call) {
        var eventLoop = eventLoops.next(); // a colocated group returns the event loop of the current thread
        var connections = byLoop.computeIfAbsent(eventLoop, key -> new LoopConnections(this, key));
        if (eventLoop.inEventLoop()) {
            connections.serve(call);
        } else {
            eventLoop.execute(() -> connections.serve(call));
        }
    }

    /** Reserves a new connection. Returns false if the maximum is reached. */
    boolean tryReserve() {
        if (connections.incrementAndGet() <= maxConnections()) {
            return true;
        }
        connections.decrementAndGet();
        return false;
    }

    void unreserve() {
        connections.decrementAndGet();
    }

    /** Adds the call to those that wait for a connection. Fails it if there are too many. */
    void enqueue(Call call) {
        if (waitingCount.incrementAndGet() > limits.pool.pendingAcquireMax()) {
            waitingCount.decrementAndGet();
            call.fail(exhausted("too many requests are waiting for a connection"));
            return;
        }
        waiting.add(call);
        if (call.isCancelled()) {
            remove(call);
        }
        onEachLoop(LoopConnections::serveWaiting);
    }

    boolean hasWaiting() {
        return !waiting.isEmpty();
    }

    /** Removes and returns the call that has waited longest; null if none waits. */
    @Nullable
    Call pollWaiting() {
        for (var call = waiting.poll(); call != null; call = waiting.poll()) {
            waitingCount.decrementAndGet();
            if (!call.isCancelled()) {
                return call;
            }
        }
        return null;
    }

    /** Removes the call if it waits. */
    void remove(Call call) {
        if (waiting.remove(call)) {
            waitingCount.decrementAndGet();
        }
    }

    /** Fails the calls that have waited too long, which are at the head of the queue. */
    void failExpired(long now) {
        for (var call = waiting.peek(); call != null && call.isExpired(now); call = waiting.peek()) {
            if (waiting.remove(call)) {
                waitingCount.decrementAndGet();
                call.fail(exhausted("no connection became available in time"));
            }
        }
    }

    private UpstreamException exhausted(String message) {
        return new UpstreamException(FailureReason.POOL_EXHAUSTED, instance, message);
    }

    void countIdle(int change) {
        idle.addAndGet(change);
    }

    void countUnsolicited() {
        unsolicited.increment();
    }

    /** Closes all connections, and fails their calls. */
    void close(String cause) {
        onEachLoop(connections -> connections.closeAll(cause));
    }

    Connector connector() {
        return connector;
    }

    TimeLimits timeLimits() {
        return limits.time;
    }

    String instance() {
        return instance;
    }

    String authority() {
        return authority;
    }

    long tickNanos() {
        return limits.tickNanos;
    }

    /** The number of connections that serve a call or are being established. */
    int active() {
        return Math.max(0, connections.get() - idle.get());
    }

    int idle() {
        return idle.get();
    }

    /** The number of calls that wait for a connection. */
    int pending() {
        return waitingCount.get();
    }

    int maxConnections() {
        return limits.pool.maxConnections();
    }

    /** The number of connections that were closed because unsolicited data arrived on them. */
    long unsolicited() {
        return unsolicited.sum();
    }

    /**
     * The current limits.
     *
     * @param tickNanos time between two checks of the time limits
     */
    private record Limits(PoolSettings pool, TimeLimits time, long tickNanos) {

        static Limits of(PoolSettings pool, ClientSettings client) {
            return new Limits(
                    pool,
                    new TimeLimits(client.responseTimeLimit(), client.streamIdleTimeout(), client.maxIdleTime()),
                    tick(pool.acquireTimeout(), client.responseTimeLimit(), client.streamIdleTimeout()));
        }

        private static long tick(Duration... limits) {
            var tick = MAX_TICK.toNanos();
            for (var limit : limits) {
                tick = Math.min(tick, limit.toNanos() / TICKS_PER_LIMIT);
            }
            return Math.max(tick, MIN_TICK.toNanos());
        }
    }
}
