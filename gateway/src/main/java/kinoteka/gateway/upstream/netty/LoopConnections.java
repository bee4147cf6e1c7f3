package kinoteka.gateway.upstream.netty;

import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.EventLoop;
import io.netty.handler.ssl.SslHandler;
import io.netty.util.concurrent.Future;
import java.nio.channels.NotYetConnectedException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import kinoteka.gateway.upstream.FailureReason;
import kinoteka.gateway.upstream.UpstreamException;
import kinoteka.gateway.upstream.netty.connection.Call;
import kinoteka.gateway.upstream.netty.connection.ConnectionOwner;
import kinoteka.gateway.upstream.netty.connection.UpstreamConnection;
import org.jspecify.annotations.Nullable;

/** The connections of a pool that belong to one event loop. Must be used on that event loop only. */
final class LoopConnections implements ConnectionOwner {

    /**
     * Netty's epoll transport occasionally reads from a connection that is still being established, which fails it (netty issue 10411). The
     * instance may be healthy and has received nothing, so another attempt is safe.
     */
    private static final int MAX_CONNECT_ATTEMPTS = 4;

    private final ConnectionPool pool;
    private final EventLoop eventLoop;
    private final Deque<UpstreamConnection> idle = new ArrayDeque<>();
    private final Set<UpstreamConnection> all = new HashSet<>();
    private int connecting;
    private boolean ticking;

    LoopConnections(ConnectionPool pool, EventLoop eventLoop) {
        this.pool = pool;
        this.eventLoop = eventLoop;
    }

    /** Sends the call on an idle connection or on a new one. If there can be none, the call waits. */
    void serve(Call call) {
        if (call.isCancelled()) {
            return;
        }
        var connection = takeIdle();
        if (connection != null) {
            connection.send(call);
        } else {
            resend(call);
        }
    }

    /** Sends the call on a new connection. If there can be none, the call waits for any connection. */
    @Override
    public void resend(Call call) {
        if (pool.tryReserve()) {
            connect(call, 1);
        } else {
            pool.enqueue(call);
        }
    }

    /** Serves waiting calls as long as connections are available. */
    void serveWaiting() {
        while (!idle.isEmpty()) {
            var call = pool.pollWaiting();
            if (call == null) {
                return;
            }
            serve(call);
        }
        while (pool.hasWaiting() && pool.tryReserve()) {
            var call = pool.pollWaiting();
            if (call == null) {
                pool.unreserve(); // and check again, because a call may have found the pool full in the meantime
            } else {
                connect(call, 1);
            }
        }
    }

    private @Nullable UpstreamConnection takeIdle() {
        for (var connection = idle.pollFirst(); connection != null; connection = idle.pollFirst()) {
            pool.countIdle(-1);
            if (connection.isOpen()) {
                return connection;
            }
        }
        return null;
    }

    private void connect(Call call, int attempt) {
        connecting++;
        startTicking();
        pool.connector().connect(eventLoop).addListener((ChannelFuture connected) -> {
            var channel = connected.channel();
            var tls = channel.pipeline().get(SslHandler.class);
            if (!connected.isSuccess() || tls == null) {
                onConnected(call, attempt, channel, connected);
            } else {
                tls.handshakeFuture().addListener(secured -> onConnected(call, attempt, channel, secured));
            }
        });
    }

    @SuppressWarnings("FutureReturnValueIgnored") // nothing depends on the end of close()
    private void onConnected(Call call, int attempt, Channel channel, Future<?> connected) {
        connecting--;
        if (connected.isSuccess()) {
            var connection = open(channel);
            if (call.isCancelled()) {
                release(connection);
            } else {
                connection.send(call);
            }
            return;
        }
        channel.close();
        if (connected.cause() instanceof NotYetConnectedException && attempt < MAX_CONNECT_ATTEMPTS) {
            connect(call, attempt + 1);
            return;
        }
        pool.unreserve();
        call.fail(new UpstreamException(FailureReason.UNREACHABLE, pool.instance(), String.valueOf(connected.cause())));
        serveWaiting();
    }

    private UpstreamConnection open(Channel channel) {
        var connection = UpstreamConnection.open(this, channel, pool::timeLimits, pool.instance(), pool.authority());
        all.add(connection);
        return connection;
    }

    /** Gives the connection to the next waiting call. If there is none, the connection becomes idle. */
    @Override
    public void release(UpstreamConnection connection) {
        if (pool.surplus() > 0) {
            connection.closeNow("not needed any more"); // and onClosed() serves the calls that wait
            return;
        }
        var call = pool.pollWaiting();
        if (call != null) {
            connection.send(call);
            return;
        }
        connection.onReleased();
        idle.addFirst(connection);
        pool.countIdle(1);
        serveWaiting(); // serves a call that was added to the queue after pollWaiting()
    }

    @Override
    public void onClosed(UpstreamConnection connection) {
        all.remove(connection);
        if (idle.remove(connection)) {
            pool.countIdle(-1);
        }
        pool.unreserve();
        serveWaiting();
    }

    @Override
    public void onUnsolicitedData() {
        pool.countUnsolicited();
    }

    /** Closes the idle connections that are too many, those that have been idle for the longest time first. */
    void closeSurplus() {
        for (var surplus = pool.surplus(); surplus > 0 && !idle.isEmpty(); surplus--) {
            var connection = idle.removeLast();
            pool.countIdle(-1);
            connection.closeNow("not needed any more"); // and onClosed() follows
        }
    }

    void closeAll(String cause) {
        List.copyOf(all).forEach(connection -> connection.closeNow(cause));
    }

    @SuppressWarnings("FutureReturnValueIgnored") // the task needs no cancellation
    private void startTicking() {
        if (!ticking) {
            ticking = true;
            eventLoop.schedule(this::tick, pool.tickNanos(), TimeUnit.NANOSECONDS);
        }
    }

    /** Checks all time limits of the event loop. One timer for all of them costs much less than one for each request. */
    private void tick() {
        var now = System.nanoTime();
        for (var connection : all.toArray(UpstreamConnection[]::new)) {
            connection.checkTimeLimit(now);
        }
        pool.failExpired(now);
        ticking = false;
        if (!all.isEmpty() || connecting > 0) {
            startTicking();
        }
    }
}
