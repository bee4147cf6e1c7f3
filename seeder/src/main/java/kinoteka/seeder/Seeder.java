package kinoteka.seeder;

import java.sql.Connection;
import java.sql.SQLException;
import kinoteka.seeder.library.Library;
import kinoteka.seeder.load.Ledger;
import kinoteka.seeder.load.Step;
import kinoteka.seeder.load.StepRunner;
import kinoteka.seeder.progress.ProgressReport;

/**
 * Fills the tables in an order in which each follows the tables that it refers to. If several seeders run in one database, one
 * works and the others wait for it.
 */
final class Seeder {

    /** The letters "seed". No other program takes an advisory lock with this number. */
    static final long ADVISORY_LOCK = 0x73656564;

    private final Connection connection;
    private final Library library;
    private final LibrarySize size;
    private final ProgressReport progress;

    /** @param connection to a migrated database, in auto-commit mode; the caller closes it */
    Seeder(Connection connection, Library library, LibrarySize size, ProgressReport progress) {
        this.connection = connection;
        this.library = library;
        this.size = size;
        this.progress = progress;
    }

    /** Blocks until every table of the schema is filled. Completes an interrupted run; does nothing after a complete one. */
    void seed() throws SQLException {
        lock();
        Ledger ledger = new Ledger(connection);
        ledger.createIfMissing();
        StepRunner runner = new StepRunner(connection, ledger, progress, library.randomSeed());
        for (Step step : new SeedingPlan(library, size, new ExistingRows(connection)).steps()) {
            runner.run(step);
        }
    }

    /** Takes a lock that the server releases when the connection ends. */
    private void lock() throws SQLException {
        try (var statement = connection.createStatement()) {
            try (var result = statement.executeQuery("select pg_try_advisory_lock(" + ADVISORY_LOCK + ")")) {
                result.next();
                if (result.getBoolean(1)) {
                    return;
                }
            }
            progress.print("another seeder is running in this database: waiting until it ends");
            statement.execute("select pg_advisory_lock(" + ADVISORY_LOCK + ")");
        }
    }
}
