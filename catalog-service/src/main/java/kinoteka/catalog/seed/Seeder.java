package kinoteka.catalog.seed;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.LongStream;
import kinoteka.catalog.seed.library.Heading;
import kinoteka.catalog.seed.library.Library;
import kinoteka.catalog.seed.library.Rows;
import kinoteka.catalog.seed.progress.ProgressReport;

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

    /** Blocks until all is there. Repeats what a broken run left out, and nothing else. */
    void seed() throws SQLException {
        lock();
        Ledger ledger = new Ledger(connection);
        ledger.createIfMissing();
        TableLoad tables = new TableLoad(connection, ledger, progress, library.randomSeed());
        tables.load("movies", volume.movies(), library::movies);
        tables.load("customers", volume.customers(), library::customers);
        tables.load("sessions", volume.sessions(), this::sessions);
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

    /** Of the movies and customers that there are: an earlier run may have been of another size, and a user busy since. */
    private Rows sessions() throws SQLException {
        List<Heading> movies = new ArrayList<>();
        LongStream.Builder customers = LongStream.builder();
        try (var statement = connection.createStatement()) {
            try (var rows = statement.executeQuery("select id, year, title from movies order by id")) {
                while (rows.next()) {
                    movies.add(new Heading(rows.getLong(1), rows.getInt(2), rows.getString(3)));
                }
            }
            try (var rows = statement.executeQuery("select id from customers order by id")) {
                while (rows.next()) {
                    customers.add(rows.getLong(1));
                }
            }
        }
        long[] customerIds = customers.build().toArray();
        if (movies.isEmpty() || customerIds.length == 0) {
            throw new SeedRefused(
                    "no movies or no customers are left to make sessions of (expected: at least one each):"
                            + " seed an empty database");
        }
        return library.sessions(movies, customerIds);
    }
}
