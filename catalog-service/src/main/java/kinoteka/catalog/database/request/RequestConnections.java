package kinoteka.catalog.database.request;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;
import reactor.util.context.Context;
import reactor.util.context.ContextView;

/**
 * The connections that one request holds.
 *
 * <p>The driver does not survive every cancellation in the middle of an exchange with the server (pgjdbc/r2dbc-postgresql
 * issues 459 and 661), and operators between the pool and the request may drop a connection that arrives while they are
 * cancelled (r2dbc/r2dbc-pool issue 198). Therefore, when the client disconnects, the request is cancelled only once it holds no
 * connection that must be given back in order: statements and transactions under way are completed, and nothing new is begun.
 * Requests that wait for a connection are cancelled at once. Work that takes too long is ended by the pool's guard.
 */
public final class RequestConnections {

    private static final Object KEY = RequestConnections.class;

    private final LongSupplier nanoTime;
    private final @Nullable StatementObserver statements;
    private final List<Runnable> cancellations = new ArrayList<>(2);
    private int held;
    private boolean cancelled;
    private boolean over;
    private long overSince;
    private long waited;
    private @Nullable String position;

    /** @param nanoTime nanoseconds from an arbitrary origin */
    public RequestConnections(LongSupplier nanoTime) {
        this(nanoTime, null);
    }

    /**
     * The connections of a request.
     *
     * @param nanoTime nanoseconds from an arbitrary origin
     * @param statements is notified of the statements on these connections; null if nobody is
     */
    RequestConnections(LongSupplier nanoTime, @Nullable StatementObserver statements) {
        this.nanoTime = nanoTime;
        this.statements = statements;
    }

    /** Returns this statement so that whoever observes the request's statements is notified of it. */
    public <T> Flux<T> observe(String sql, Flux<T> statement) {
        return statements == null ? statement : statements.observe(sql, statement);
    }

    /** Those of the request that is being served; for work outside of any request, new ones that are never cancelled. */
    public static RequestConnections of(ContextView context) {
        return context.<RequestConnections>getOrEmpty(KEY).orElseGet(() -> new RequestConnections(System::nanoTime));
    }

    public Context addTo(Context context) {
        return context.put(KEY, this);
    }

    /** The client has disconnected: runs this as soon as the request holds no connection that must be given back in order. */
    void disconnect(Runnable cancel) {
        synchronized (this) {
            end();
            if (held > 0) {
                cancellations.add(cancel);
                return;
            }
            cancelled = true;
        }
        cancel.run();
    }

    /**
     * Counts a connection that the request has acquired.
     *
     * @return false if the request has been cancelled meanwhile; the connection is to be given back unused
     */
    public synchronized boolean acquired() {
        if (cancelled) {
            return false;
        }
        held++;
        return true;
    }

    /** One connection fewer must be given back in order: it was given back, or it may be closed at any time. */
    public void released() {
        List<Runnable> due;
        synchronized (this) {
            if (--held > 0 || cancellations.isEmpty()) {
                return;
            }
            cancelled = true;
            due = List.copyOf(cancellations);
            cancellations.clear();
        }
        due.forEach(Runnable::run);
    }

    /** The request was served, has failed, or lost its client: it needs no connections any more. */
    public synchronized void end() {
        if (!over) {
            over = true;
            overSince = nanoTime.getAsLong();
        }
    }

    /** Whether the request has needed no connections for longer than this. */
    public synchronized boolean isOverFor(Duration age) {
        return over && nanoTime.getAsLong() - overSince > age.toNanos();
    }

    /** The part of the timeout that is left of the time that a request may wait for connections in all; zero or more. */
    public synchronized Duration remaining(Duration timeout) {
        var left = timeout.minusNanos(waited);
        return left.isNegative() ? Duration.ZERO : left;
    }

    /** The request has written: a server whose log contains this position knows of it. */
    public synchronized void wrote(String position) {
        this.position = position;
    }

    /** The position in the log that contains what the request has written; null if that is not known, or nothing was written. */
    synchronized @Nullable String position() {
        return position;
    }

    public synchronized void waited(long nanos) {
        waited += nanos;
    }
}
