package kinoteka.catalog.database;

import org.flywaydb.core.Flyway;

/** The schema's migrations. Several services may start at once: the first migrates, the others wait for it. */
public final class Migrations {

    private final Flyway flyway;

    public Migrations(DatabaseSettings settings) {
        this.flyway = Flyway.configure()
                .dataSource(settings.jdbcUrl(), settings.username(), settings.password())
                .connectRetries(Math.toIntExact(settings.startupPatience().toSeconds()))
                .connectRetriesInterval(1)
                .load();
    }

    /** Brings the schema to the newest version. Blocks; waits for a database that does not answer yet. */
    public void migrate() {
        flyway.migrate();
    }
}
