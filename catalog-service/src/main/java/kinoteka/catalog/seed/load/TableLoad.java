package kinoteka.catalog.seed.load;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import kinoteka.catalog.seed.progress.ProgressReport;
import kinoteka.catalog.seed.rows.CopyText;
import kinoteka.catalog.seed.rows.Rows;
import org.postgresql.copy.CopyIn;
import org.postgresql.copy.CopyManager;
import org.postgresql.core.BaseConnection;

/** What steps are made of; belongs into a transaction. Until it commits, nobody else reads the tables it locked. */
final class TableLoad {

    private static final int ROWS_A_BATCH = 100_000;
    private static final int BYTES_A_WRITE = 1 << 16;

    private final Connection connection;
    private final ProgressReport progress;

    TableLoad(Connection connection, ProgressReport progress) {
        this.connection = connection;
        this.progress = progress;
    }

    /** What is done while a table has neither indexes nor foreign keys nor triggers. */
    interface Change {
        void make() throws SQLException;
    }

    void lock(String table) throws SQLException {
        execute("lock table " + table + " in access exclusive mode");
    }

    void refuseUnlessEmpty(String table) throws SQLException {
        if (is("select exists (select from " + table + ")")) {
            throw new SeedRefused("table " + table + " has rows that the seeder did not write (expected: none): seed"
                    + " an empty database, or empty the table first");
        }
    }

    /**
     * Changes a table and builds afterwards what would have slowed that down.
     *
     * @param rows about as many as the change writes
     */
    void change(String table, int rows, Change change) throws SQLException {
        List<BuiltAfterwards> later = BuiltAfterwards.of(table, connection);
        execute("alter table " + table + " disable trigger user");
        for (BuiltAfterwards one : later) {
            execute(one.drop());
        }
        change.make();
        for (BuiltAfterwards one : later) {
            if (rows > ROWS_A_BATCH) {
                progress.say(table + ": building " + one.name());
            }
            execute(one.build());
        }
        execute("alter table " + table + " enable trigger user");
        tellListeners(table);
        execute("analyze " + table);
    }

    /** What the triggers would have told row by row: that all of the table's kind may be concerned. */
    private void tellListeners(String table) throws SQLException {
        execute("""
                select pg_notify('kinoteka_changes', format('changed {"kind":"%%s"}', kind))
                  from (select distinct split_part(encode(tgargs, 'escape'), '\\000', 2) as kind
                          from pg_trigger
                         where tgrelid = '%s'::regclass and tgfoid = to_regproc('notify_changes')) as told
                """.formatted(table));
    }

    /** @param name under which progress is reported */
    void copy(String name, String table, Rows rows) throws SQLException {
        CopyManager copies = new CopyManager(connection.unwrap(BaseConnection.class));
        String sql = "copy " + table + " (" + rows.columns() + ") from stdin";
        int count = rows.count();
        ProgressReport.Count counted = progress.count(name, count);
        boolean whole = false;
        try {
            for (int last = 0; last < count; last = Math.min(count, last + ROWS_A_BATCH)) {
                copyBatch(copies.copyIn(sql), rows, last + 1, Math.min(count, last + ROWS_A_BATCH), counted);
            }
            whole = true;
        } finally {
            if (whole) {
                counted.finished();
            } else {
                counted.brokenOff();
            }
        }
    }

    /** The next id is one more; without effect on a table whose rows have none. */
    void countOnFrom(String table, int lastId) throws SQLException {
        if (new Schema(connection).has(table, "id")) {
            execute("select setval(pg_get_serial_sequence('" + table + "', 'id'), " + lastId + ")");
        }
    }

    void execute(String sql) throws SQLException {
        try (var statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    private boolean is(String question) throws SQLException {
        try (var statement = connection.createStatement();
                var answer = statement.executeQuery(question)) {
            answer.next();
            return answer.getBoolean(1);
        }
    }

    private static void copyBatch(CopyIn copy, Rows rows, long first, long last, ProgressReport.Count counted)
            throws SQLException {
        try {
            CopyText text = new CopyText();
            for (long id = first; id <= last; id++) {
                rows.write(id, text);
                if (text.length() >= BYTES_A_WRITE) {
                    text.drainTo(copy);
                    counted.reached(id);
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
