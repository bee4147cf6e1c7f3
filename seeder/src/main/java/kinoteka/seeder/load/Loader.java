package kinoteka.seeder.load;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.Locale;
import java.util.OptionalLong;
import kinoteka.seeder.progress.ProgressReport;

/** Takes steps, each in one transaction, its line in the ledger included: either all of it is there afterwards or nothing. */
public final class Loader {

    private final Connection connection;
    private final Ledger ledger;
    private final ProgressReport progress;
    private final long randomSeed;

    public Loader(Connection connection, Ledger ledger, ProgressReport progress, long randomSeed) {
        this.connection = connection;
        this.ledger = ledger;
        this.progress = progress;
        this.randomSeed = randomSeed;
    }

    /**
     * Does nothing when the ledger has the step, whatever became of its rows since; nor when the schema is older than what the
     * step writes to.
     */
    public void take(Step step) throws SQLException {
        OptionalLong rows = ledger.rowsOf(step.name());
        if (rows.isPresent()) {
            progress.say(String.format(Locale.ROOT, "%s: already seeded (%,d rows)", step.name(), rows.getAsLong()));
        } else if (step.fits(new Schema(connection))) {
            inOneTransaction(step);
            for (String table : step.tables()) {
                execute("vacuum " + table); // so that the first readers need not mark every row as visible
            }
        }
    }

    private void inOneTransaction(Step step) throws SQLException {
        connection.setAutoCommit(false);
        try {
            execute("set local maintenance_work_mem = '256MB'");
            execute("set local statement_timeout = 0");
            execute("set local client_connection_check_interval = '1s'"); // Ctrl-C also ends the building of an index
            int rows = step.take(new TableLoad(connection, progress));
            ledger.note(step.name(), rows, randomSeed);
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
