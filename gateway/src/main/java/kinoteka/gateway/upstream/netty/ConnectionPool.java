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
import kinoteka.gateway.upstream.FailureReason;
import kinoteka.gateway.upstream.UpstreamException;
import kinoteka.gateway.upstream.netty.connection.Call;
import kinoteka.gateway.upstream.netty.connection.TimeLimits;
import org.jspecify.annotations.Nullable;

/**
 * A bounded number of connections to one instance, spread over the event loops, and the calls that wait for one, first come, first
 * served. The connection that came back last is used first, so that surplus ones become idle and are closed. Thread-safe.
 *
 * <p>No call waits while a connection is idle: a call begins to wait and then looks at every event loop, a connection becomes idle and
 * then looks for a call.
 */
final class ConnectionPool {

    private static final Duration SHORTEST_TICK = Duration.ofMillis(10);
    private static final Duration LONGEST_TICK = Duration.ofMillis(100);
    private static final int TICKS_IN_A_LIMIT = 10;

    private final String instance;
    private final String authority;
    private final Connector connector;
    private final EventLoopGroup eventLoops;
    private final PoolSettings settings;
    private final TimeLimits limits;
    private final long tickNanos;
    private final Map<EventLoop, LoopConnections> byLoop = new ConcurrentHashMap<>();
    private final Queue<Call> waiting = new ConcurrentLinkedQueue<>();
    private final AtomicInteger waitingCount = new AtomicInteger();
    private final AtomicInteger connections = new AtomicInteger();
    private final AtomicInteger idle = new AtomicInteger();
    private final LongAdder unsolicited = new LongAdder();

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
        this.settings = settings;
        this.limits = new TimeLimits(client.responseTimeLimit(), client.streamIdleTimeout(), client.maxIdleTime());
        this.tickNanos = tick(settings.acquireTimeout(), client.responseTimeLimit(), client.streamIdleTimeout());
    }

    private static long tick(Duration... limits) {
        var tick = LONGEST_TICK.toNanos();
        for (var limit : limits) {
            tick = Math.min(tick, limit.toNanos() / TICKS_IN_A_LIMIT);
        }
        return Math.max(tick, SHORTEST_TICK.toNanos());
    }

    /** When a call that begins now stops waiting for a connection, of {@link System#nanoTime()}. */
    long acquireDeadline() {
        return System.nanoTime() + settings.acquireTimeout().toNanos();
    }

    /** Serves the call on the event loop of the caller, or on any when the caller is not on one. */
    void acquire(Call call) {
        var eventLoop = eventLoops.next(); // of a colocated group: that of the current thread
        var connections = byLoop.computeIfAbsent(eventLoop, key -> new LoopConnections(this, key));
        if (eventLoop.inEventLoop()) {
            connections.serve(call);
        } else {
            eventLoop.execute(() -> connections.serve(call));
        }
    }

    /** Whether one more connection may be made; it is counted then. */
    boolean tryReserve() {
        if (connections.incrementAndGet() <= settings.maxConnections()) {
            return true;
        }
        connections.decrementAndGet();
        return false;
    }

    void unreserve() {
        connections.decrementAndGet();
    }

    /** Has the call wait, unless too many do. */
    void await(Call call) {
        if (waitingCount.incrementAndGet() > settings.pendingAcquireMax()) {
            waitingCount.decrementAndGet();
            call.fail(exhausted("too many requests wait for a connection"));
            return;
        }
        waiting.add(call);
        if (call.isCancelled()) {
            remove(call);
        }
        byLoop.forEach((eventLoop, connections) -> eventLoop.execute(connections::serveWaiting));
    }

    boolean hasWaiting() {
        return !waiting.isEmpty();
    }

    /** The call that has waited longest; null when none waits. */
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

    /** The call waits no longer, if it did. */
    void remove(Call call) {
        if (waiting.remove(call)) {
            waitingCount.decrementAndGet();
        }
    }

    /** Fails the calls that have waited too long: they are the first. */
    void failExpired(long now) {
        for (var call = waiting.peek(); call != null && call.isExpired(now); call = waiting.peek()) {
            if (waiting.remove(call)) {
                waitingCount.decrementAndGet();
                call.fail(exhausted("no connection was free in time"));
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

    void close() {
        byLoop.forEach((eventLoop, connections) -> {
            if (!eventLoop.isShuttingDown()) { // which closes them too
                eventLoop.execute(connections::closeAll);
            }
        });
    }

    Connector connector() {
        return connector;
    }

    TimeLimits limits() {
        return limits;
    }

    String instance() {
        return instance;
    }

    String authority() {
        return authority;
    }

    long tickNanos() {
        return tickNanos;
    }

    /** Connections that serve a call or are being made. */
    int active() {
        return Math.max(0, connections.get() - idle.get());
    }

    int idle() {
        return idle.get();
    }

    /** Calls that wait for a connection. */
    int pending() {
        return waitingCount.get();
    }

    int maxConnections() {
        return settings.maxConnections();
    }

    /** Connections closed because something arrived on them that was not asked for. */
    long unsolicited() {
        return unsolicited.sum();
    }
}
