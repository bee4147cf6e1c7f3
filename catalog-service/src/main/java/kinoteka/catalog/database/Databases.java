package kinoteka.catalog.database;

import io.micrometer.core.instrument.MeterRegistry;
import io.r2dbc.postgresql.MultiHostConnectionStrategy.TargetServerType;
import io.r2dbc.spi.ConnectionFactory;
import java.time.Clock;
import java.util.List;
import kinoteka.catalog.database.pool.ConnectionLeases;
import kinoteka.catalog.database.pool.ConnectionRetirement;
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
    private final PostgresConnections connections;

    Databases(ConnectionSettings connection) {
        this.connection = connection;
        this.connections = new PostgresConnections(connection);
    }

    /** After the decoder of tokens: a start that fails for its settings leaves the database as it was. */
    @Bean(initMethod = "migrate")
    @DependsOn("tokenDecoder")
    Migrations migrations(DatabaseSettings settings) {
        return new Migrations(
                connection.owner("kinoteka-catalogue-migrations"), connection.serviceRole(), settings.startupTimeout());
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
        var pool = settings.pool();
        return new ConnectionRetirement(pool.maxIdleTime(), pool.maxLifeTime(), Clock.systemUTC());
    }

    @Bean(destroyMethod = "dispose")
    @DependsOn("migrations")
    ConnectionLeases primaryPool(
            DatabaseSettings settings, LoopResources databaseLoops, ConnectionRetirement retirement) {
        return pool(
                limits("primaryPool", settings),
                connections.to(TargetServerType.PRIMARY, "primary", settings.statementTimeout(), databaseLoops),
                retirement);
    }

    @Bean(destroyMethod = "dispose")
    @DependsOn("migrations")
    ConnectionLeases replicaPool(
            DatabaseSettings settings, LoopResources databaseLoops, ConnectionRetirement retirement) {
        return pool(
                limits("replicaPool", settings),
                connections.to(
                        TargetServerType.PREFER_SECONDARY, "replica", settings.statementTimeout(), databaseLoops),
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
                connections.to(TargetServerType.PREFER_SECONDARY, "stream", streams.timeout(), streamLoops),
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
                name -> connections.to(TargetServerType.PRIMARY, name, settings.statementTimeout(), databaseLoops));
    }

    @Bean
    PrimaryDatabase primaryDatabase(ConnectionLeases primaryPool) {
        return new PrimaryDatabase(DatabaseClient.create(primaryPool), Transactions.writing(primaryPool));
    }

    @Bean
    ReplicaDatabase replicaDatabase(
            ConnectionLeases replicaPool,
            ConnectionLeases streamPool,
            StreamAdmission admission,
            PrimaryDatabase primary,
            ReadChoice choice) {
        return new ReplicaDatabase(
                DatabaseClient.create(replicaPool),
                new StreamDatabase(DatabaseClient.create(streamPool), Transactions.snapshots(streamPool), admission),
                primary.client(),
                choice);
    }

    private static PoolLimits limits(String name, DatabaseSettings settings) {
        var pool = settings.pool();
        return new PoolLimits(name, pool.size(), pool.maxWaiting(), pool.acquireTimeout(), pool.leaseTimeout());
    }

    private static ConnectionLeases pool(
            PoolLimits limits, ConnectionFactory connections, ConnectionRetirement retirement) {
        return new ConnectionLeases(limits, connections, retirement::isDue, System::nanoTime);
    }
}
