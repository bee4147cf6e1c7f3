package kinoteka.seeder;

import java.sql.Connection;
import java.sql.SQLException;
import kinoteka.seeder.library.Library;
import kinoteka.seeder.load.Ledger;
import kinoteka.seeder.load.Loader;
import kinoteka.seeder.load.Step;
import kinoteka.seeder.progress.ProgressReport;

/** Fills the tables one after the other, each after those it refers to. Two seeders wait for each other. */
final class Seeder {

    /** Any number that nothing else locks: the letters "seed". */
    static final long ADVISORY_LOCK = 0x73656564;

    private final Connection connection;
    private final Library library;
    private final Volume volume;
    private final ProgressReport progress;

    /** @param connection to a migrated database, in auto-commit mode; closing it is its owner's */
    Seeder(Connection connection, Library library, Volume volume, ProgressReport progress) {
        this.connection = connection;
        this.library = library;
        this.volume = volume;
        this.progress = progress;
    }

    /** Blocks until all is there that the schema has room for. Repeats what a broken run left out, and nothing else. */
    void seed() throws SQLException {
        lock();
        Ledger ledger = new Ledger(connection);
        ledger.createIfMissing();
        Loader loader = new Loader(connection, ledger, progress, library.randomSeed());
        for (Step step : new Steps(library, volume, ledger, new Holdings(connection)).inOrder()) {
            loader.take(step);
        }
    }

    /** Held until the connection ends, however it ends. */
    private void lock() throws SQLException {
        try (var statement = connection.createStatement()) {
            try (var tried = statement.executeQuery("select pg_try_advisory_lock(" + ADVISORY_LOCK + ")")) {
                tried.next();
                if (tried.getBoolean(1)) {
                    return;
                }
            }
            progress.say("another seeder is at work in this database: waiting for it");
            statement.execute("select pg_advisory_lock(" + ADVISORY_LOCK + ")");
        }
    }
}
