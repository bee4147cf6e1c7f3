package kinoteka.schema;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.net.URLEncoder;
import java.time.Duration;
import java.util.List;
import javax.sql.DataSource;
import org.postgresql.ds.PGSimpleDataSource;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * The address of PostgreSQL and the role that connects. The catalogue and the seeder bind the same settings.
 *
 * @param hosts every server of the cluster as {@code host:port}, comma-separated; the driver finds out on connecting which
 *     of them is the primary, so that a failover needs no new setting
 * @param name name of the database
 * @param username role to connect as; it owns the schema
 * @param password password of the role; may be empty if the server does not require one
 * @param connectTimeout how long one server may take to accept a connection, before the next one is tried
 */
@ConfigurationProperties(ConnectionSettings.PREFIX)
public record ConnectionSettings(
        @DefaultValue("localhost:5432") List<String> hosts,
        @DefaultValue("kinoteka") String name,
        @DefaultValue("kinoteka") String username,
        @DefaultValue("") String password,
        @DefaultValue("1s") Duration connectTimeout) {

    public static final String PREFIX = "kinoteka.catalog.database";

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
     * Connects to the primary over JDBC. This is the only place that sets the properties of a JDBC connection.
     *
     * @param applicationName under which the server lists the connections
     */
    public DataSource jdbc(String applicationName) {
        PGSimpleDataSource dataSource = new PGSimpleDataSource();
        dataSource.setUrl("jdbc:postgresql://" + String.join(",", hosts) + "/" + URLEncoder.encode(name, UTF_8));
        dataSource.setUser(username);
        dataSource.setPassword(password);
        dataSource.setTargetServerType("primary");
        dataSource.setConnectTimeout(Math.toIntExact(Math.max(1, connectTimeout.toSeconds())));
        dataSource.setApplicationName(applicationName);
        return dataSource;
    }

    private static void requireText(String setting, String value) {
        if (value.isBlank()) {
            throw new IllegalArgumentException(setting + ": \"" + value + "\" (expected: not blank)");
        }
    }
}
