package kinoteka.catalog.database;

import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.FlywayException;
import org.flywaydb.core.api.MigrationInfo;
import org.flywaydb.core.api.MigrationVersion;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The schema's migrations. Several services may start at once: the first migrates, the others wait for it. */
public final class Migrations {

    private static final Logger LOG = LoggerFactory.getLogger(Migrations.class);

    private final Flyway flyway;

    public Migrations(DatabaseSettings settings) {
        this(settings, settings.username());
    }

    /**
     * Migrates as the role of these settings, which owns the schema.
     *
     * @param serviceRole the role that the service connects as; it may only read and write rows if it is another one
     */
    Migrations(DatabaseSettings settings, String serviceRole) {
        this.flyway = Flyway.configure()
                .dataSource(settings.jdbcUrl(), settings.username(), settings.password())
                .placeholders(Map.of("service_role", serviceRole.replace("'", "''")))
                .connectRetries(Math.toIntExact(settings.startupTimeout().toSeconds()))
                .connectRetriesInterval(1)
                .load();
    }

    /** Every version that the schema can be brought to, the oldest first. */
    public List<String> versions() {
        return Stream.of(flyway.info().all())
                .map(MigrationInfo::getVersion)
                .filter(Objects::nonNull)
                .map(MigrationVersion::getVersion)
                .distinct()
                .toList();
    }

    /**
     * Brings the schema to this version; leaves one that is newer as it is.
     *
     * @param version one of {@link #versions}
     */
    public void migrateTo(String version) {
        Flyway.configure()
                .configuration(flyway.getConfiguration())
                .target(version)
                .load()
                .migrate();
    }

    /** Brings the schema to the newest version. Blocks; waits for a database that does not answer yet. */
    public void migrate() {
        flyway.migrate();
        warnIfLettersAreUnknown();
    }

    private void warnIfLettersAreUnknown() {
        try (var connection = flyway.getConfiguration().getDataSource().getConnection();
                var statement = connection.createStatement();
                var answer = statement.executeQuery("""
                        select show_trgm('кино') = '{}', datctype
                          from pg_database
                         where datname = current_database()
                        """)) {
            answer.next();
            if (answer.getBoolean(1)) {
                LOG.warn(
                        "lc_ctype of the database: {} (expected: one of UTF-8, such as C.UTF-8): misspelt titles and names in"
                                + " Cyrillic are not found, and looking for them is slow",
                        answer.getString(2));
            }
        } catch (SQLException e) {
            throw new FlywayException("The schema was migrated, and then could not be asked", e);
        }
    }
}
