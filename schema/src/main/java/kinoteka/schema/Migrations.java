package kinoteka.schema;

import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.FlywayException;
import org.flywaydb.core.api.MigrationInfo;
import org.flywaydb.core.api.MigrationVersion;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The migrations of the schema. Several programs may start at once: the first one migrates, the others wait for it. */
public final class Migrations {

    private static final Logger LOG = LoggerFactory.getLogger(Migrations.class);

    private final Flyway flyway;

    /**
     * Migrates as the role of the data source, which owns the schema.
     *
     * @param serviceRole the role that may read and write rows, and nothing else if it does not own the schema
     * @param startupTimeout how long to retry while the database does not accept connections; zero tries once
     */
    public Migrations(DataSource dataSource, String serviceRole, Duration startupTimeout) {
        this.flyway = Flyway.configure()
                .dataSource(dataSource)
                .placeholders(Map.of("service_role", serviceRole.replace("'", "''")))
                .connectRetries(Math.toIntExact(startupTimeout.toSeconds()))
                .connectRetriesInterval(1)
                .load();
    }

    /** Every version that the schema can be migrated to, the oldest first. */
    public List<String> versions() {
        return Stream.of(flyway.info().all())
                .map(MigrationInfo::getVersion)
                .filter(Objects::nonNull)
                .map(MigrationVersion::getVersion)
                .distinct()
                .toList();
    }

    /**
     * Migrates the schema to this version. A newer schema stays as it is.
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

    /** Migrates the schema to the newest version. Blocks; retries while the database does not accept connections. */
    public void migrate() {
        flyway.migrate();
        warnIfCyrillicHasNoTrigrams();
    }

    private void warnIfCyrillicHasNoTrigrams() {
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
                        "lc_ctype of the database: {} (expected: one of UTF-8, such as C.UTF-8): searches do not find misspelt"
                                + " titles and names in Cyrillic, and they are slow",
                        answer.getString(2));
            }
        } catch (SQLException e) {
            throw new FlywayException("The schema was migrated, but its locale could not be read", e);
        }
    }
}
