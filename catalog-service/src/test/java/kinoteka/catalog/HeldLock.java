package kinoteka.catalog;

import static org.awaitility.Awaitility.await;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;

/** A transaction of another client of the database, which holds locks, so that writes of the catalogue wait at a known point. */
public final class HeldLock implements AutoCloseable {

    private static final Duration LIMIT = Duration.ofSeconds(4); // less than the statement timeout of the catalogue

    private static final String WAITING = " from pg_stat_activity where ? ::integer = any (pg_blocking_pids(pid))";

    private final Connection connection;

    private HeldLock(Connection connection) {
        this.connection = connection;
    }

    /** Begins the transaction with this statement and its parameters. */
    public static HeldLock by(String sql, Object... parameters) throws SQLException {
        var connection = RealPostgres.connection();
        connection.setAutoCommit(false);
        var held = new HeldLock(connection);
        held.execute(sql, parameters);
        return held;
    }

    /** Locks a film, so that nothing can refer to it until the lock is released. */
    public static HeldLock onMovie(long id) throws SQLException {
        return by("select from movies where id = ? for update", id);
    }

    /** Waits until so many statements of the catalogue wait for this transaction, directly or behind each other. */
    public void awaitWaiting(int count) throws SQLException {
        var pid = pid();
        await().atMost(LIMIT)
                .pollInterval(Duration.ofMillis(10))
                .until(() -> Integer.parseInt(RealPostgres.ask("""
                        with recursive blocked as (
                          select ? ::integer as pid
                          union
                          select waiting.pid from pg_stat_activity waiting, blocked
                           where blocked.pid = any (pg_blocking_pids(waiting.pid))
                        )
                        select count(*) - 1 from blocked
                        """, pid)) == count);
    }

    /** Ends the server process of the statement that waits directly for this transaction, as an administrator can. */
    public void terminateWaiting() throws SQLException {
        RealPostgres.ask("select pg_terminate_backend(pid)" + WAITING, pid());
    }

    /** Cancels the statement that waits directly for this transaction; its connection stays. */
    public void cancelWaiting() throws SQLException {
        RealPostgres.ask("select pg_cancel_backend(pid)" + WAITING, pid());
    }

    /** Executes another statement in the transaction. */
    public void execute(String sql, Object... parameters) throws SQLException {
        try (var statement = connection.prepareStatement(sql)) {
            for (int i = 0; i < parameters.length; i++) {
                statement.setObject(i + 1, parameters[i]);
            }
            statement.execute();
        }
    }

    /** Commits. */
    public void commit() throws SQLException {
        connection.commit();
    }

    /** Rolls back what has not been committed. */
    @Override
    public void close() throws SQLException {
        connection.rollback();
        connection.close();
    }

    private int pid() throws SQLException {
        try (var statement = connection.createStatement();
                var rows = statement.executeQuery("select pg_backend_pid()")) {
            rows.next();
            return rows.getInt(1);
        }
    }
}
