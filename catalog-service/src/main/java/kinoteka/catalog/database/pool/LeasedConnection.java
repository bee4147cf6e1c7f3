package kinoteka.catalog.database.pool;

import io.r2dbc.spi.Batch;
import io.r2dbc.spi.Connection;
import io.r2dbc.spi.ConnectionMetadata;
import io.r2dbc.spi.IsolationLevel;
import io.r2dbc.spi.Statement;
import io.r2dbc.spi.TransactionDefinition;
import io.r2dbc.spi.ValidationDepth;
import io.r2dbc.spi.Wrapped;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import kinoteka.catalog.database.request.RequestConnections;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Publisher;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;
import reactor.pool.PooledRef;

/**
 * A connection while a request holds it.
 *
 * <p>Invariant: it goes back to the pool only if every exchange with the server that was begun on it has ended and the server
 * has said that no transaction is open. Otherwise it is closed, because an exchange that was cancelled may never end, and a
 * transaction that is left open would swallow what the next request writes.
 */
final class LeasedConnection implements Connection {

    private final ConnectionLeases leases;
    private final PooledRef<OpenConnection> pooled;
    private final Connection connection;
    private final RequestConnections request;
    private final long since;
    private final AtomicInteger exchanges = new AtomicInteger();
    private final AtomicInteger users = new AtomicInteger(1);
    private final AtomicBoolean ended = new AtomicBoolean();
    private final AtomicBoolean interruptible = new AtomicBoolean();
    private volatile long waitingSince;
    private volatile @Nullable String statement;

    /** @param since nanoseconds of the leases' clock */
    LeasedConnection(
            ConnectionLeases leases, PooledRef<OpenConnection> pooled, RequestConnections request, long since) {
        this.leases = leases;
        this.pooled = pooled;
        this.connection = pooled.poolable().connection();
        this.request = request;
        this.since = since;
    }

    /** The same connection for one more user; it is given back when all have closed it. */
    LeasedConnection share() {
        users.incrementAndGet();
        return this;
    }

    /**
     * From now on a client that disconnects interrupts what is under way, at the price of the connection: a cursor is read as
     * fast as the client reads, so nobody knows when it ends.
     */
    void becomeInterruptible() {
        if (interruptible.compareAndSet(false, true)) {
            request.released();
        }
    }

    RequestConnections request() {
        return request;
    }

    long since() {
        return since;
    }

    /** Whether the server has been working on one statement since before this, in nanoseconds of the leases' clock. */
    boolean isWaitingSince(long time) {
        return exchanges.get() > 0 && !interruptible.get() && waitingSince - time < 0;
    }

    /** Whether the server must not be waited for, nor be believed. */
    boolean isLost() {
        return pooled.poolable().server().isLost();
    }

    /** On which the driver reads the connection; null where the driver does not say. */
    @Nullable
    Scheduler eventLoop() {
        return connection instanceof Wrapped<?> wrapped ? wrapped.unwrap(Scheduler.class) : null;
    }

    /** The latest statement; null before the first. */
    @Nullable
    String statement() {
        return statement;
    }

    /** Gives the connection back, or closes it if the invariant does not hold. */
    @Override
    public Mono<Void> close() {
        return Mono.defer(() -> users.decrementAndGet() > 0 ? Mono.empty() : end(isReusable()));
    }

    /** Closes the connection to the server, whoever uses it. */
    Mono<Void> closeByForce() {
        return Mono.defer(() -> end(false));
    }

    private boolean isReusable() {
        return exchanges.get() == 0 && connection.isAutoCommit();
    }

    private Mono<Void> end(boolean reusable) {
        if (!ended.compareAndSet(false, true)) {
            return Mono.empty();
        }
        return (reusable ? pooled.release() : pooled.invalidate()).doFinally(signal -> {
            leases.ended(this);
            becomeInterruptible();
        });
    }

    /** An exchange with the server has begun; it counts until {@link #exchangeEnded}, and for ever if it is cancelled. */
    void exchangeBegun() {
        if (exchanges.getAndIncrement() == 0) {
            waitingSince = leases.now();
        }
    }

    void exchangeEnded() {
        exchanges.decrementAndGet();
    }

    <T> Flux<T> exchange(Publisher<T> exchange) {
        return Flux.defer(() -> {
            exchangeBegun();
            return Flux.from(exchange).doOnTerminate(this::exchangeEnded);
        });
    }

    private Mono<Void> command(Publisher<Void> command) {
        return exchange(command).then();
    }

    private Mono<Void> command(String sql, Publisher<Void> command) {
        return request.observe(sql, exchange(command)).then();
    }

    @Override
    public Mono<Void> beginTransaction() {
        return command("BEGIN", connection.beginTransaction());
    }

    @Override
    public Mono<Void> beginTransaction(TransactionDefinition definition) {
        return command("BEGIN", connection.beginTransaction(definition));
    }

    @Override
    public Mono<Void> commitTransaction() {
        return command("COMMIT", connection.commitTransaction());
    }

    @Override
    public Mono<Void> rollbackTransaction() {
        return command("ROLLBACK", connection.rollbackTransaction());
    }

    @Override
    public Statement createStatement(String sql) {
        statement = sql;
        return new LeasedStatement(this, connection.createStatement(sql), sql);
    }

    @Override
    public Batch createBatch() {
        throw new UnsupportedOperationException("createBatch (expected: statements)");
    }

    @Override
    public Mono<Void> createSavepoint(String name) {
        return command(connection.createSavepoint(name));
    }

    @Override
    public Mono<Void> releaseSavepoint(String name) {
        return command(connection.releaseSavepoint(name));
    }

    @Override
    public Mono<Void> rollbackTransactionToSavepoint(String name) {
        return command(connection.rollbackTransactionToSavepoint(name));
    }

    @Override
    public Mono<Void> setAutoCommit(boolean autoCommit) {
        return command(connection.setAutoCommit(autoCommit));
    }

    @Override
    public Mono<Void> setLockWaitTimeout(Duration timeout) {
        return command(connection.setLockWaitTimeout(timeout));
    }

    @Override
    public Mono<Void> setStatementTimeout(Duration timeout) {
        return command(connection.setStatementTimeout(timeout));
    }

    @Override
    public Mono<Void> setTransactionIsolationLevel(IsolationLevel isolationLevel) {
        return command(connection.setTransactionIsolationLevel(isolationLevel));
    }

    @Override
    public Publisher<Boolean> validate(ValidationDepth depth) {
        return exchange(connection.validate(depth));
    }

    @Override
    public boolean isAutoCommit() {
        return connection.isAutoCommit();
    }

    @Override
    public ConnectionMetadata getMetadata() {
        return connection.getMetadata();
    }

    @Override
    public IsolationLevel getTransactionIsolationLevel() {
        return connection.getTransactionIsolationLevel();
    }
}
