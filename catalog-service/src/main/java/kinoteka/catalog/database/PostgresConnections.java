package kinoteka.catalog.database;

import static io.r2dbc.postgresql.PostgresqlConnectionFactoryProvider.APPLICATION_NAME;
import static io.r2dbc.postgresql.PostgresqlConnectionFactoryProvider.LOOP_RESOURCES;
import static io.r2dbc.postgresql.PostgresqlConnectionFactoryProvider.OPTIONS;
import static io.r2dbc.postgresql.PostgresqlConnectionFactoryProvider.SSL_MODE;
import static io.r2dbc.postgresql.PostgresqlConnectionFactoryProvider.SSL_ROOT_CERT;
import static io.r2dbc.postgresql.PostgresqlConnectionFactoryProvider.TARGET_SERVER_TYPE;
import static io.r2dbc.postgresql.PostgresqlConnectionFactoryProvider.TCP_KEEPALIVE;
import static io.r2dbc.spi.ConnectionFactoryOptions.CONNECT_TIMEOUT;
import static io.r2dbc.spi.ConnectionFactoryOptions.DATABASE;
import static io.r2dbc.spi.ConnectionFactoryOptions.DRIVER;
import static io.r2dbc.spi.ConnectionFactoryOptions.HOST;
import static io.r2dbc.spi.ConnectionFactoryOptions.PASSWORD;
import static io.r2dbc.spi.ConnectionFactoryOptions.PROTOCOL;
import static io.r2dbc.spi.ConnectionFactoryOptions.STATEMENT_TIMEOUT;
import static io.r2dbc.spi.ConnectionFactoryOptions.USER;

import io.r2dbc.postgresql.MultiHostConnectionStrategy.TargetServerType;
import io.r2dbc.postgresql.client.SSLMode;
import io.r2dbc.spi.ConnectionFactories;
import io.r2dbc.spi.ConnectionFactory;
import io.r2dbc.spi.ConnectionFactoryOptions;
import java.time.Duration;
import java.util.Map;
import kinoteka.schema.ConnectionSettings;
import reactor.netty.resources.LoopResources;

/** Opens connections of R2DBC. This is the only place that sets their properties. */
final class PostgresConnections {

    private final ConnectionSettings settings;

    PostgresConnections(ConnectionSettings settings) {
        this.settings = settings;
    }

    /**
     * Connects as the role that reads and writes rows. A server that works on a statement whose connection was closed
     * notices it within a second.
     *
     * @param address {@code host:port}
     * @param name what the connections are for; PostgreSQL shows it
     */
    ConnectionFactory to(
            String address, TargetServerType server, String name, Duration statementTimeout, LoopResources loops) {
        var connection = ConnectionFactoryOptions.builder()
                .option(DRIVER, "postgresql")
                .option(PROTOCOL, "failover") // which checks the role of the server
                .option(HOST, address)
                .option(DATABASE, settings.name())
                .option(USER, settings.username())
                .option(PASSWORD, settings.password())
                .option(TARGET_SERVER_TYPE, server)
                .option(CONNECT_TIMEOUT, settings.connectTimeout())
                .option(STATEMENT_TIMEOUT, statementTimeout)
                .option(OPTIONS, options(statementTimeout))
                .option(TCP_KEEPALIVE, true)
                .option(APPLICATION_NAME, "kinoteka-catalogue-" + name)
                .option(LOOP_RESOURCES, loops)
                .option(SSL_MODE, SSLMode.fromValue(settings.tls().mode().value()));
        if (settings.tls().rootCertificate() != null) {
            connection.option(SSL_ROOT_CERT, settings.tls().rootCertificate().toString());
        }
        return ConnectionFactories.get(connection.build());
    }

    /** A wait for a lock ends before the statement's time does, so that it is not taken for a slow statement. */
    private static Map<String, String> options(Duration statementTimeout) {
        return Map.of(
                "client_connection_check_interval", "1s", "lock_timeout", statementTimeout.toMillis() * 9 / 10 + "ms");
    }
}
