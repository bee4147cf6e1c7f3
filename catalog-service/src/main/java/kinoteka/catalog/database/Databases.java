package kinoteka.catalog.database;

import io.micrometer.core.instrument.MeterRegistry;
import io.r2dbc.postgresql.MultiHostConnectionStrategy.TargetServerType;
import io.r2dbc.spi.ConnectionFactory;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.function.BiFunction;
import kinoteka.catalog.database.pool.ConnectionLeases;
import kinoteka.catalog.database.pool.ConnectionRetirement;
import kinoteka.catalog.database.pool.ConnectionSource;
import kinoteka.catalog.database.pool.LeaseGuard;
import kinoteka.catalog.database.pool.PoolGauges;
import kinoteka.catalog.database.pool.PoolLimits;
import kinoteka.catalog.database.pool.ServerRetry;
import kinoteka.catalog.database.pool.Transactions;
import kinoteka.catalog.database.server.Cluster;
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
    @DependsOn("migrations")
    Cluster cluster(DatabaseSettings settings, LoopResources databaseLoops) {
        return new Cluster(
                connection.hosts(),
                address -> connections.to(
                        address, TargetServerType.ANY, "check", settings.statementTimeout(), databaseLoops),
                settings.checkInterval(),
                settings.replicaMaxLag(),
                settings.pool().acquireTimeout(),
                System::nanoTime);
    }

    @Bean
    ConnectionRetirement connectionRetirement(DatabaseSettings settings, Cluster cluster) {
        var pool = settings.pool();
        return new ConnectionRetirement(
                pool.maxIdleTime(), pool.maxLifeTime(), Clock.systemUTC(), cluster::requestCheck);
    }

    @Bean
    ServerRetry serverRetry(DatabaseSettings settings, ConnectionRetirement retirement) {
        return new ServerRetry(settings.pool().acquireTimeout(), retirement, System::nanoTime);
    }

    @Bean(destroyMethod = "dispose")
    @DependsOn("migrations")
    ConnectionLeases primaryPool(
            DatabaseSettings settings, LoopResources databaseLoops, ConnectionRetirement retirement, Cluster cluster) {
        return pool(
                limits("primaryPool", settings),
                cluster.primary(to("primary", settings.statementTimeout(), databaseLoops)),
                retirement);
    }

    @Bean(destroyMethod = "dispose")
    @DependsOn("migrations")
    ConnectionLeases replicaPool(
            DatabaseSettings settings, LoopResources databaseLoops, ConnectionRetirement retirement, Cluster cluster) {
        return pool(
                limits("replicaPool", settings),
                cluster.replica(to("replica", settings.statementTimeout(), databaseLoops)),
                retirement);
    }

    /** PostgreSQL counts the time that a client takes to read as the statement's own, hence the timeout of streams. */
    @Bean(destroyMethod = "dispose")
    @DependsOn("migrations")
    ConnectionLeases streamPool(
            DatabaseSettings settings, LoopResources streamLoops, ConnectionRetirement retirement, Cluster cluster) {
        return pool(
                streamLimits("streamPool", settings),
                cluster.replica(to("stream", settings.streams().timeout(), streamLoops)),
                retirement);
    }

    /** For the long lists that no replica may be asked for; mostly it has no connections. */
    @Bean(destroyMethod = "dispose")
    @DependsOn("migrations")
    ConnectionLeases primaryStreamPool(
            DatabaseSettings settings, LoopResources streamLoops, ConnectionRetirement retirement, Cluster cluster) {
        return pool(
                streamLimits("primaryStreamPool", settings),
                cluster.primary(to("primary-stream", settings.streams().timeout(), streamLoops)),
                retirement);
    }

    @Bean
    LeaseGuard leaseGuard(List<ConnectionLeases> pools, ConnectionRetirement retirement, MeterRegistry metrics) {
        return new LeaseGuard(pools, retirement, metrics);
    }

    @Bean
    PoolGauges poolGauges(List<ConnectionLeases> pools) {
        return new PoolGauges(pools);
    }

    @Bean
    UnpooledConnections unpooledConnections(DatabaseSettings settings, LoopResources databaseLoops, Cluster cluster) {
        return new UnpooledConnections(name -> cluster.primary(to(name, settings.statementTimeout(), databaseLoops)));
    }

    @Bean
    PrimaryDatabase primaryDatabase(ConnectionLeases primaryPool, ServerRetry retry, Cluster cluster) {
        return new PrimaryDatabase(
                DatabaseClient.create(primaryPool), Transactions.writing(primaryPool, retry, cluster.hasReplicas()));
    }

    @Bean
    ReplicaDatabase replicaDatabase(
            ConnectionLeases replicaPool,
            ConnectionLeases streamPool,
            ConnectionLeases primaryStreamPool,
            ServerRetry retry,
            StreamAdmission admission,
            PrimaryDatabase primary,
            ReadChoice choice) {
        return new ReplicaDatabase(
                DatabaseClient.create(replicaPool),
                streams(streamPool, retry, admission),
                primary.client(),
                streams(primaryStreamPool, retry, admission),
                choice);
    }

    private static StreamDatabase streams(ConnectionLeases pool, ServerRetry retry, StreamAdmission admission) {
        return new StreamDatabase(DatabaseClient.create(pool), Transactions.snapshots(pool, retry), admission);
    }

    private static PoolLimits limits(String name, DatabaseSettings settings) {
        var pool = settings.pool();
        return new PoolLimits(
                name,
                pool.size(),
                pool.maxWaiting(),
                pool.acquireTimeout(),
                pool.leaseTimeout(),
                settings.statementTimeout().plus(settings.responseGrace()));
    }

    private static PoolLimits streamLimits(String name, DatabaseSettings settings) {
        var streams = settings.streams();
        return new PoolLimits(
                name,
                streams.size(),
                settings.pool().maxWaiting(),
                settings.pool().acquireTimeout(),
                streams.timeout().plus(settings.pool().leaseTimeout()),
                streams.timeout().plus(settings.responseGrace()));
    }

    private BiFunction<String, TargetServerType, ConnectionFactory> to(
            String name, Duration statementTimeout, LoopResources loops) {
        return (address, type) -> connections.to(address, type, name, statementTimeout, loops);
    }

    private static ConnectionLeases pool(
            PoolLimits limits, ConnectionSource connections, ConnectionRetirement retirement) {
        return new ConnectionLeases(limits, connections, retirement::isDue, System::nanoTime);
    }
}
