package kinoteka.catalog.database;

import static io.r2dbc.postgresql.PostgresqlConnectionFactoryProvider.APPLICATION_NAME;
import static io.r2dbc.postgresql.PostgresqlConnectionFactoryProvider.LOOP_RESOURCES;
import static io.r2dbc.postgresql.PostgresqlConnectionFactoryProvider.OPTIONS;
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

import io.micrometer.core.instrument.MeterRegistry;
import io.r2dbc.postgresql.MultiHostConnectionStrategy.TargetServerType;
import io.r2dbc.spi.ConnectionFactories;
import io.r2dbc.spi.ConnectionFactory;
import io.r2dbc.spi.ConnectionFactoryOptions;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import kinoteka.catalog.database.pool.ConnectionLeases;
import kinoteka.catalog.database.pool.LeaseGuard;
import kinoteka.catalog.database.pool.PoolGauges;
import kinoteka.catalog.database.pool.PoolLimits;
import kinoteka.catalog.database.pool.Transactions;
import kinoteka.schema.ConnectionSettings;
import kinoteka.schema.Migrations;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.DependsOn;
import org.springframework.r2dbc.core.DatabaseClient;
import reactor.netty.resources.LoopResources;

/** Makes the pools of connections, and the connections outside of them. The schema is migrated before the first is used. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(ConnectionSettings.class)
class Databases {

    private static final int STREAM_THREADS = 2;

    private final ConnectionSettings connection;

    Databases(ConnectionSettings connection) {
        this.connection = connection;
    }

    /** Not before it is known whose tokens are believed: a start that is refused leaves the database as it was. */
    @Bean(initMethod = "migrate")
    @DependsOn("tokenDecoder")
    Migrations migrations(DatabaseSettings settings) {
        return new Migrations(
                connection.jdbc("kinoteka-catalogue-migrations"), connection.username(), settings.startupTimeout());
    }

    /**
     * The driver would colocate: every connection ends up on the event loop that opened the first, and one core does all
     * the work.
     */
    @Bean(destroyMethod = "dispose")
    LoopResources databaseLoops() {
        return LoopResources.create("database", 1, LoopResources.DEFAULT_IO_WORKER_COUNT, true, false);
    }

    /** Threads of their own, because reading long lists is work that the others need not wait for. */
    @Bean(destroyMethod = "dispose")
    LoopResources streamLoops() {
        return LoopResources.create("database-streams", 1, STREAM_THREADS, true, false);
    }

    @Bean
    ConnectionRetirement connectionRetirement(DatabaseSettings settings) {
        return new ConnectionRetirement(settings.pool(), Clock.systemUTC());
    }

    @Bean(destroyMethod = "dispose")
    @DependsOn("migrations")
    ConnectionLeases primaryPool(
            DatabaseSettings settings, LoopResources databaseLoops, ConnectionRetirement retirement) {
        return pool(
                limits("primaryPool", settings),
                connections("primary", TargetServerType.PRIMARY, settings.statementTimeout(), databaseLoops),
                retirement);
    }

    @Bean(destroyMethod = "dispose")
    @DependsOn("migrations")
    ConnectionLeases replicaPool(
            DatabaseSettings settings, LoopResources databaseLoops, ConnectionRetirement retirement) {
        return pool(
                limits("replicaPool", settings),
                connections("replica", TargetServerType.PREFER_SECONDARY, settings.statementTimeout(), databaseLoops),
                retirement);
    }

    /** PostgreSQL counts the time that a client takes to read as the statement's own, hence the timeout of streams. */
    @Bean(destroyMethod = "dispose")
    @DependsOn("migrations")
    ConnectionLeases streamPool(DatabaseSettings settings, LoopResources streamLoops, ConnectionRetirement retirement) {
        var streams = settings.streams();
        return pool(
                new PoolLimits(
                        "streamPool",
                        streams.size(),
                        settings.pool().maxWaiting(),
                        settings.pool().acquireTimeout(),
                        streams.timeout().plus(settings.pool().leaseTimeout())),
                connections("stream", TargetServerType.PREFER_SECONDARY, streams.timeout(), streamLoops),
                retirement);
    }

    @Bean
    LeaseGuard leaseGuard(List<ConnectionLeases> pools, MeterRegistry metrics) {
        return new LeaseGuard(pools, metrics);
    }

    @Bean
    PoolGauges poolGauges(List<ConnectionLeases> pools) {
        return new PoolGauges(pools);
    }

    @Bean
    UnpooledConnections unpooledConnections(DatabaseSettings settings, LoopResources databaseLoops) {
        return new UnpooledConnections(
                name -> connections(name, TargetServerType.PRIMARY, settings.statementTimeout(), databaseLoops));
    }

    @Bean
    PrimaryDatabase primaryDatabase(ConnectionLeases primaryPool) {
        return new PrimaryDatabase(DatabaseClient.create(primaryPool), Transactions.writing(primaryPool));
    }

    @Bean
    ReplicaDatabase replicaDatabase(
            ConnectionLeases replicaPool, ConnectionLeases streamPool, StreamAdmission admission) {
        return new ReplicaDatabase(
                DatabaseClient.create(replicaPool),
                new StreamDatabase(DatabaseClient.create(streamPool), Transactions.snapshots(streamPool), admission));
    }

    private static PoolLimits limits(String name, DatabaseSettings settings) {
        var pool = settings.pool();
        return new PoolLimits(name, pool.size(), pool.maxWaiting(), pool.acquireTimeout(), pool.leaseTimeout());
    }

    private static ConnectionLeases pool(
            PoolLimits limits, ConnectionFactory connections, ConnectionRetirement retirement) {
        return new ConnectionLeases(limits, connections, retirement::isDue, System::nanoTime);
    }

    /** A server that works on a statement whose connection was closed notices it within a second. */
    private ConnectionFactory connections(
            String name, TargetServerType target, Duration statementTimeout, LoopResources loops) {
        return ConnectionFactories.get(ConnectionFactoryOptions.builder()
                .option(DRIVER, "postgresql")
                .option(PROTOCOL, "failover")
                .option(HOST, String.join(",", connection.hosts()))
                .option(DATABASE, connection.name())
                .option(USER, connection.username())
                .option(PASSWORD, connection.password())
                .option(TARGET_SERVER_TYPE, target)
                .option(CONNECT_TIMEOUT, connection.connectTimeout())
                .option(STATEMENT_TIMEOUT, statementTimeout)
                .option(OPTIONS, Map.of("client_connection_check_interval", "1s"))
                .option(TCP_KEEPALIVE, true)
                .option(APPLICATION_NAME, "kinoteka-catalogue-" + name)
                .option(LOOP_RESOURCES, loops)
                .build());
    }
}
