package kinoteka.schema;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.net.URLEncoder;
import java.time.Duration;
import java.util.List;
import javax.sql.DataSource;
import org.postgresql.ds.PGSimpleDataSource;
import org.postgresql.ssl.DefaultJavaSSLFactory;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.NestedConfigurationProperty;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * The address of PostgreSQL and the role that connects. The catalogue and the seeder bind the same settings.
 *
 * @param hosts every server of the cluster as {@code host:port}, comma-separated; the driver finds out on connecting which
 *     of them is the primary, so that a failover needs no new setting
 * @param name name of the database
 * @param username role to connect as; it reads and writes rows
 * @param password password of the role; may be empty if the server does not require one
 * @param connectTimeout how long one server may take to accept a connection, before the next one is tried
 * @param migration the role that owns the schema
 * @param tls encryption of the connections
 */
@ConfigurationProperties(ConnectionSettings.PREFIX)
public record ConnectionSettings(
        @DefaultValue("localhost:5432") List<String> hosts,
        @DefaultValue("kinoteka") String name,
        @DefaultValue("kinoteka") String username,
        @DefaultValue("") String password,
        @DefaultValue("1s") Duration connectTimeout,
        @DefaultValue MigrationRole migration,
        @DefaultValue @NestedConfigurationProperty TlsSettings tls) {

    public static final String PREFIX = "kinoteka.catalog.database";

    /**
     * The role that owns the schema. Migrations and the seeder connect as this role.
     *
     * @param username name of the role that owns the schema; if it is empty, the role that reads and writes rows owns the
     *     schema, too
     * @param password password of the role that owns the schema; may be empty if the server does not require one
     * @param serviceRole role that the migrations permit to read and write rows, such as a group whose members are the roles
     *     that connect; if it is empty, the role that connects
     */
    public record MigrationRole(
            @DefaultValue("") String username,
            @DefaultValue("") String password,
            @DefaultValue("") String serviceRole) {

        public MigrationRole {
            if (username.isBlank() && !password.isEmpty()) {
                throw new IllegalArgumentException("migration.username: \"" + username
                        + "\" (expected: not blank, because migration.password is set)");
            }
        }

        private boolean isGiven() {
            return !username.isBlank();
        }
    }

    public ConnectionSettings {
        hosts = List.copyOf(hosts);
        if (hosts.isEmpty() || hosts.stream().anyMatch(String::isBlank)) {
            throw new IllegalArgumentException("hosts: " + hosts + " (expected: host:port, at least one)");
        }
        requireText("name", name);
        requireText("username", username);
        if (!connectTimeout.isPositive()) {
            throw new IllegalArgumentException("connectTimeout: " + connectTimeout + " (expected: > 0)");
        }
    }

    /**
     * Connects to the primary over JDBC, as the role that owns the schema. This is the only place that sets the properties
     * of a JDBC connection.
     *
     * @param applicationName under which the server lists the connections
     */
    public DataSource owner(String applicationName) {
        PGSimpleDataSource dataSource = new PGSimpleDataSource();
        dataSource.setUrl("jdbc:postgresql://" + String.join(",", hosts) + "/" + URLEncoder.encode(name, UTF_8));
        dataSource.setUser(migration.isGiven() ? migration.username() : username);
        dataSource.setPassword(migration.isGiven() ? migration.password() : password);
        dataSource.setTargetServerType("primary");
        dataSource.setConnectTimeout(Math.toIntExact(Math.max(1, connectTimeout.toSeconds())));
        dataSource.setApplicationName(applicationName);
        dataSource.setSslMode(tls.mode().value());
        if (tls.rootCertificate() != null) {
            dataSource.setSslRootCert(tls.rootCertificate().toString());
        } else if (tls.mode() == TlsSettings.Mode.VERIFY_FULL) {
            dataSource.setSslfactory(
                    DefaultJavaSSLFactory.class.getName()); // the driver's own reads a file of the user's
        }
        return dataSource;
    }

    /** The role that the migrations permit to read and write rows. */
    public String serviceRole() {
        return migration.serviceRole().isBlank() ? username : migration.serviceRole();
    }

    private static void requireText(String setting, String value) {
        if (value.isBlank()) {
            throw new IllegalArgumentException(setting + ": \"" + value + "\" (expected: not blank)");
        }
    }
}
