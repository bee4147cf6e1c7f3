package kinoteka.seeder.load;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.Locale;
import java.util.OptionalLong;
import kinoteka.seeder.progress.ProgressReport;

/** Runs a step and records it in the ledger in one transaction, so that either both or nothing is committed. */
public final class StepRunner {

    private final Connection connection;
    private final Ledger ledger;
    private final ProgressReport progress;
    private final long randomSeed;

    public StepRunner(Connection connection, Ledger ledger, ProgressReport progress, long randomSeed) {
        this.connection = connection;
        this.ledger = ledger;
        this.progress = progress;
        this.randomSeed = randomSeed;
    }

    /**
     * Runs the step unless the ledger has it, even if its rows were deleted since then. Skips it if this version of the schema
     * does not have the table.
     */
    public void run(Step step) throws SQLException {
        OptionalLong rows = ledger.rowsOf(step.table());
        if (rows.isPresent()) {
            progress.print(String.format(Locale.ROOT, "%s: already seeded (%,d rows)", step.table(), rows.getAsLong()));
        } else if (new DatabaseSchema(connection).hasTable(step.table())) {
            runInTransaction(step);
            for (String table : step.changedTables()) {
                execute("vacuum " + table); // otherwise the first queries would have to mark every row as visible
            }
        }
    }

    private void runInTransaction(Step step) throws SQLException {
        connection.setAutoCommit(false);
        try {
            execute("set local maintenance_work_mem = '256MB'");
            execute("set local statement_timeout = 0");
            execute("set local client_connection_check_interval = '1s'"); // Ctrl-C also ends the creation of an index
            int rows = step.run(new TableLoad(connection, progress));
            ledger.record(step.table(), rows, randomSeed);
            connection.commit();
        } finally {
            if (!connection.isClosed()) {
                connection.rollback();
                connection.setAutoCommit(true);
            }
        }
    }

    private void execute(String sql) throws SQLException {
        try (var statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }
}
