package kinoteka.catalog.database.pool;

import io.r2dbc.spi.IsolationLevel;
import io.r2dbc.spi.Option;
import io.r2dbc.spi.TransactionDefinition;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * Makes several statements succeed or fail as one. They run on one connection, which every client of the same pool uses between
 * subscription and end; a transaction within a transaction is part of it.
 */
public final class Transactions {

    /** Where the log is flushed to, which it is up to the commit before the commit is acknowledged. */
    private static final String POSITION = "select pg_current_wal_flush_lsn()::text";

    private static final String BEYOND_ALL = "FFFFFFFF/FFFFFFFF";

    private final ConnectionLeases leases;
    private final TransactionDefinition definition;
    private final ServerRetry retry;
    private final boolean isPositionRead;

    private Transactions(
            ConnectionLeases leases, TransactionDefinition definition, ServerRetry retry, boolean isPositionRead) {
        this.leases = leases;
        this.definition = definition;
        this.retry = retry;
        this.isPositionRead = isPositionRead;
    }

    /**
     * Transactions that write, READ COMMITTED. They are not begun as READ WRITE, to which a demoted primary says "not
     * supported" rather than that it only reads.
     *
     * @param isPositionRead whether the position of each commit in the log is read, by one statement more, for reads from replicas
     */
    public static Transactions writing(ConnectionLeases leases, ServerRetry retry, boolean isPositionRead) {
        return new Transactions(leases, IsolationLevel.READ_COMMITTED, retry, isPositionRead);
    }

    /** Transactions whose statements all see one state of the data. */
    public static Transactions snapshots(ConnectionLeases leases, ServerRetry retry) {
        return new Transactions(leases, new Snapshot(), retry, false);
    }

    /**
     * Commits when the work completes, before its value is passed on; rolls back when it fails. Work that was certainly not done,
     * because its server was lost before the commit, is done again. Fails with {@link OutcomeUnknown} if it may have been done.
     */
    public <T> Mono<T> transactional(Mono<T> work) {
        return Mono.deferContextual(context -> context.hasKey(leases)
                ? work
                : retry.retry(Mono.usingWhen(
                        leases.acquire(),
                        connection -> in(connection, Flux.from(work)).singleOrEmpty(),
                        this::commit,
                        (connection, failure) -> rollBack(connection),
                        LeasedConnection::close)));
    }

    /** As {@link #transactional(Mono)}; elements are passed on as they come, so that nothing is done again. */
    public <T> Flux<T> transactional(Flux<T> work) {
        return Flux.deferContextual(context -> context.hasKey(leases)
                ? work
                : Flux.usingWhen(
                        leases.acquire(),
                        connection -> in(connection, work),
                        this::commit,
                        (connection, failure) -> rollBack(connection),
                        LeasedConnection::close));
    }

    private <T> Flux<T> in(LeasedConnection connection, Flux<T> work) {
        return connection
                .beginTransaction(definition)
                .thenMany(work)
                .contextWrite(context -> context.put(leases, connection));
    }

    private Mono<Void> commit(LeasedConnection connection) {
        return connection
                .commitTransaction()
                .onErrorMap(OutcomeUnknown::ofCommit)
                .onErrorResume(failure -> connection.close().then(Mono.error(failure)))
                .then(Mono.defer(() -> isPositionRead ? readPosition(connection) : Mono.empty()))
                .then(connection.close());
    }

    /** The transaction is committed whatever becomes of this; without a position no replica is known to contain it. */
    private static Mono<Void> readPosition(LeasedConnection connection) {
        return Flux.from(connection.createStatement(POSITION).execute())
                .flatMap(result -> result.map(row -> String.valueOf(row.get(0, String.class))))
                .single()
                .onErrorReturn(BEYOND_ALL)
                .doOnNext(connection.request()::wrote)
                .then();
    }

    /** A connection that cannot roll back is closed, which rolls back. */
    private static Mono<Void> rollBack(LeasedConnection connection) {
        return connection.rollbackTransaction().onErrorComplete().then(connection.close());
    }

    /** REPEATABLE READ, READ ONLY. */
    private static final class Snapshot implements TransactionDefinition {

        @Override
        public <T> @Nullable T getAttribute(Option<T> option) {
            if (option.equals(ISOLATION_LEVEL)) {
                return option.cast(IsolationLevel.REPEATABLE_READ);
            }
            return option.equals(READ_ONLY) ? option.cast(true) : null;
        }
    }
}
