package kinoteka.seeder.load;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import kinoteka.seeder.progress.ProgressReport;
import kinoteka.seeder.rows.CopyText;
import kinoteka.seeder.rows.Rows;
import org.postgresql.copy.CopyIn;
import org.postgresql.copy.CopyManager;
import org.postgresql.core.BaseConnection;

/** The operations on tables that a step consists of. They run in its transaction. */
final class TableLoad {

    private static final int ROWS_PER_COPY = 100_000;
    private static final int BYTES_PER_WRITE = 1 << 16;

    private final Connection connection;
    private final ProgressReport progress;

    TableLoad(Connection connection, ProgressReport progress) {
        this.connection = connection;
        this.progress = progress;
    }

    /** A change that runs while the table has no indexes, foreign keys and triggers. */
    interface BulkChange {
        void run() throws SQLException;
    }

    /** Nobody else can read or write the table until the transaction ends. */
    void lock(String table) throws SQLException {
        execute("lock table " + table + " in access exclusive mode");
    }

    void requireEmpty(String table) throws SQLException {
        if (queryBoolean("select exists (select from " + table + ")")) {
            throw new SeedingException(
                    "table " + table + " has rows that the seeder did not write (expected: none): seed"
                            + " an empty database, or empty the table first");
        }
    }

    /**
     * Drops the indexes and foreign keys of a table and disables its triggers, changes the table, and restores them.
     *
     * @param rows the approximate number of rows that the change writes
     */
    void changeInBulk(String table, int rows, BulkChange change) throws SQLException {
        List<IndexOrForeignKey> dropped = IndexOrForeignKey.of(table, connection);
        execute("alter table " + table + " disable trigger user");
        for (IndexOrForeignKey one : dropped) {
            execute(one.dropSql());
        }
        change.run();
        for (IndexOrForeignKey one : dropped) {
            if (rows > ROWS_PER_COPY) {
                progress.print(table + ": creating " + one.name());
            }
            execute(one.createSql());
        }
        execute("alter table " + table + " enable trigger user");
        notifyListeners(table);
        execute("analyze " + table);
    }

    /** Sends one notification for the table, where the disabled triggers would have sent one for each row. */
    private void notifyListeners(String table) throws SQLException {
        execute("""
                select pg_notify('kinoteka_changes', format('changed {"kind":"%%s"}', kind))
                  from (select distinct split_part(encode(tgargs, 'escape'), '\\000', 2) as kind
                          from pg_trigger
                         where tgrelid = '%s'::regclass and tgfoid = to_regproc('notify_changes')) as told
                """.formatted(table));
    }

    void copy(String table, Rows rows) throws SQLException {
        CopyManager copies = new CopyManager(connection.unwrap(BaseConnection.class));
        String sql = "copy " + table + " (" + rows.columns() + ") from stdin";
        int count = rows.count();
        ProgressReport.Counter counter = progress.start(table, count);
        boolean complete = false;
        try {
            for (int last = 0; last < count; last = Math.min(count, last + ROWS_PER_COPY)) {
                copyBatch(copies.copyIn(sql), rows, last + 1, Math.min(count, last + ROWS_PER_COPY), counter);
            }
            complete = true;
        } finally {
            if (complete) {
                counter.complete();
            } else {
                counter.abort();
            }
        }
    }

    /** The next generated id is one higher. Does nothing if the table has no column {@code id}. */
    void setLastId(String table, int id) throws SQLException {
        if (new DatabaseSchema(connection).hasColumn(table, "id")) {
            execute("select setval(pg_get_serial_sequence('" + table + "', 'id'), " + id + ")");
        }
    }

    void execute(String sql) throws SQLException {
        try (var statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    private boolean queryBoolean(String sql) throws SQLException {
        try (var statement = connection.createStatement();
                var result = statement.executeQuery(sql)) {
            result.next();
            return result.getBoolean(1);
        }
    }

    private static void copyBatch(CopyIn copy, Rows rows, long first, long last, ProgressReport.Counter counter)
            throws SQLException {
        try {
            CopyText text = new CopyText();
            for (long id = first; id <= last; id++) {
                rows.write(id, text);
                if (text.length() >= BYTES_PER_WRITE) {
                    text.drainTo(copy);
                    counter.update(id);
                }
            }
            text.drainTo(copy);
            copy.endCopy();
        } finally {
            if (copy.isActive()) {
                copy.cancelCopy();
            }
        }
    }
}
