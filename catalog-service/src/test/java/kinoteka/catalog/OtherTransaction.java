package kinoteka.catalog;

import static org.awaitility.Awaitility.await;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;

/** A transaction of another client of the same database, which holds its locks until it commits or is closed. */
public final class OtherTransaction implements AutoCloseable {

    private final Connection connection;
    private final int pid;

    public OtherTransaction() throws SQLException {
        connection = RealPostgres.connection();
        connection.setAutoCommit(false);
        try (var statement = connection.createStatement();
                var rows = statement.executeQuery("select pg_backend_pid()")) {
            rows.next();
            pid = rows.getInt(1);
        }
    }

    /** Executes a statement; returns when the statement has the locks that it needs. */
    public void execute(String sql, Object... parameters) throws SQLException {
        try (var statement = connection.prepareStatement(sql)) {
            for (int i = 0; i < parameters.length; i++) {
                statement.setObject(i + 1, parameters[i]);
            }
            statement.execute();
        }
    }

    /** Returns when another connection waits for a lock that this transaction holds. */
    public void awaitBlocked() {
        awaitBlocked(1);
    }

    /** Returns when so many other connections wait for locks that this transaction holds. */
    public void awaitBlocked(int connections) {
        await().atMost(Duration.ofSeconds(10)).until(() -> RealPostgres.ask(
                        "select count(*) from pg_stat_activity where ? = any(pg_blocking_pids(pid))", pid)
                .equals(String.valueOf(connections)));
    }

    public void commit() throws SQLException {
        connection.commit();
    }

    @Override
    public void close() throws SQLException {
        connection.close();
    }
}
