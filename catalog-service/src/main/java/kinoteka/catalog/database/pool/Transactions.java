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

    private final ConnectionLeases leases;
    private final TransactionDefinition definition;

    private Transactions(ConnectionLeases leases, TransactionDefinition definition) {
        this.leases = leases;
        this.definition = definition;
    }

    /**
     * Transactions that write, READ COMMITTED. They are not begun as READ WRITE, to which a demoted primary says "not
     * supported" rather than that it only reads.
     */
    public static Transactions writing(ConnectionLeases leases) {
        return new Transactions(leases, IsolationLevel.READ_COMMITTED);
    }

    /** Transactions whose statements all see one state of the data. */
    public static Transactions snapshots(ConnectionLeases leases) {
        return new Transactions(leases, new Snapshot());
    }

    /** Commits when the work completes, before its value is passed on; rolls back when it fails. */
    public <T> Mono<T> transactional(Mono<T> work) {
        return Mono.deferContextual(context -> context.hasKey(leases)
                ? work
                : Mono.usingWhen(
                        leases.acquire(),
                        connection -> in(connection, Flux.from(work)).singleOrEmpty(),
                        Transactions::commit,
                        (connection, failure) -> rollBack(connection),
                        LeasedConnection::close));
    }

    /** As {@link #transactional(Mono)}; elements are passed on as they come. */
    public <T> Flux<T> transactional(Flux<T> work) {
        return Flux.deferContextual(context -> context.hasKey(leases)
                ? work
                : Flux.usingWhen(
                        leases.acquire(),
                        connection -> in(connection, work),
                        Transactions::commit,
                        (connection, failure) -> rollBack(connection),
                        LeasedConnection::close));
    }

    private <T> Flux<T> in(LeasedConnection connection, Flux<T> work) {
        return connection
                .beginTransaction(definition)
                .thenMany(work)
                .contextWrite(context -> context.put(leases, connection));
    }

    private static Mono<Void> commit(LeasedConnection connection) {
        return connection
                .commitTransaction()
                .onErrorResume(failure -> connection.close().then(Mono.error(failure)))
                .then(connection.close());
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
