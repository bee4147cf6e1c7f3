package kinoteka.catalog.seed;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Locale;
import java.util.OptionalLong;
import kinoteka.catalog.seed.library.CopyText;
import kinoteka.catalog.seed.library.Rows;
import kinoteka.catalog.seed.progress.ProgressReport;
import org.postgresql.copy.CopyIn;
import org.postgresql.copy.CopyManager;
import org.postgresql.core.BaseConnection;

/**
 * Fills one table in one transaction, its indexes and its line in the ledger included: either all of it is there
 * afterwards or nothing. Until it commits, nobody else reads the table or those it refers to.
 */
final class TableLoad {

    private static final int ROWS_A_BATCH = 100_000;
    private static final int BYTES_A_WRITE = 1 << 16;

    private final Connection connection;
    private final Ledger ledger;
    private final ProgressReport progress;
    private final long randomSeed;

    TableLoad(Connection connection, Ledger ledger, ProgressReport progress, long randomSeed) {
        this.connection = connection;
        this.ledger = ledger;
        this.progress = progress;
        this.randomSeed = randomSeed;
    }

    /** Where rows come from that follow from other tables, read in the transaction that writes them. */
    interface Source {
        Rows rows() throws SQLException;
    }

    /** Adds nothing when the ledger says that the table was seeded, whatever became of its rows since. */
    void load(String table, int count, Source source) throws SQLException {
        OptionalLong seeded = ledger.rowsOf(table);
        if (seeded.isPresent()) {
            progress.say(String.format(Locale.ROOT, "%s: already seeded (%,d rows)", table, seeded.getAsLong()));
            return;
        }
        connection.setAutoCommit(false);
        try {
            fill(table, count, source);
            connection.commit();
        } finally {
            if (!connection.isClosed()) {
                connection.rollback();
                connection.setAutoCommit(true);
            }
        }
        execute("vacuum " + table); // so that the first readers need not mark every row as visible
    }

    private void fill(String table, int count, Source source) throws SQLException {
        execute("lock table " + table + " in access exclusive mode");
        refuseUnlessEmpty(table);
        execute("set local maintenance_work_mem = '256MB'");
        execute("set local statement_timeout = 0");
        execute("set local client_connection_check_interval = '1s'"); // Ctrl-C also ends the building of an index
        List<BuiltAfterwards> later = BuiltAfterwards.of(table, connection);
        for (BuiltAfterwards one : later) {
            execute(one.drop());
        }
        copy(table, count, source.rows());
        for (BuiltAfterwards one : later) {
            if (count > ROWS_A_BATCH) {
                progress.say(table + ": building " + one.name());
            }
            execute(one.build());
        }
        execute("select setval(pg_get_serial_sequence('" + table + "', 'id'), " + count + ")");
        execute("analyze " + table);
        ledger.note(table, count, randomSeed);
    }

    private void refuseUnlessEmpty(String table) throws SQLException {
        try (var statement = connection.createStatement();
                var rows = statement.executeQuery("select exists (select from " + table + ")")) {
            rows.next();
            if (rows.getBoolean(1)) {
                throw new SeedRefused(
                        "table " + table + " has rows that the seeder did not write (expected: none): seed"
                                + " an empty database, or empty the table first");
            }
        }
    }

    private void copy(String table, int count, Rows rows) throws SQLException {
        CopyManager copies = new CopyManager(connection.unwrap(BaseConnection.class));
        String sql = "copy " + table + " (" + rows.columns() + ") from stdin";
        ProgressReport.Count counted = progress.count(table, count);
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

    private void execute(String sql) throws SQLException {
        try (var statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }
}
