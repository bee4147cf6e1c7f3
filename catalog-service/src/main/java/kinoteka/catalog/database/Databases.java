package kinoteka.catalog.database;

import static io.r2dbc.postgresql.PostgresqlConnectionFactoryProvider.APPLICATION_NAME;
import static io.r2dbc.postgresql.PostgresqlConnectionFactoryProvider.LOOP_RESOURCES;
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

import io.r2dbc.pool.ConnectionPool;
import io.r2dbc.pool.ConnectionPoolConfiguration;
import io.r2dbc.postgresql.MultiHostConnectionStrategy.TargetServerType;
import io.r2dbc.spi.Connection;
import io.r2dbc.spi.ConnectionFactories;
import io.r2dbc.spi.ConnectionFactory;
import io.r2dbc.spi.ConnectionFactoryOptions;
import io.r2dbc.spi.IsolationLevel;
import io.r2dbc.spi.ValidationDepth;
import java.time.Duration;
import kinoteka.schema.ConnectionSettings;
import kinoteka.schema.Migrations;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.DependsOn;
import org.springframework.r2dbc.connection.R2dbcTransactionManager;
import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.reactive.TransactionalOperator;
import org.springframework.transaction.support.DefaultTransactionDefinition;
import reactor.netty.resources.LoopResources;
import reactor.pool.PoolBuilder;

/** Makes the two pools, and the connections outside of them. The schema is migrated before the first of them can be asked. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(ConnectionSettings.class)
class Databases {

    private static final Duration EVICTION_INTERVAL = Duration.ofSeconds(10);

    private final ConnectionSettings connection;

    Databases(ConnectionSettings connection) {
        this.connection = connection;
    }

    /** Not before it is known whose tokens are believed: a start that is refused leaves the database as it was. */
    @Bean(initMethod = "migrate")
    @DependsOn("tokenDecoder")
    Migrations migrations(DatabaseSettings settings) {
        return new Migrations(connection.jdbc("kinoteka-catalogue-migrations"), settings.startupPatience());
    }

    /**
     * The driver would colocate: every connection ends up on the event loop that opened the first, and one core does all
     * the work.
     */
    @Bean(destroyMethod = "dispose")
    LoopResources databaseLoops() {
        return LoopResources.create("database", 1, LoopResources.DEFAULT_IO_WORKER_COUNT, true, false);
    }

    @Bean(destroyMethod = "dispose")
    @DependsOn("migrations")
    ConnectionPool primaryPool(
            DatabaseSettings settings, LoopResources databaseLoops, PrimaryConnections primaryConnections) {
        var configuration =
                pool("primary", TargetServerType.PRIMARY, settings.statementTimeout(), settings, databaseLoops);
        return new ConnectionPool(configuration
                .customizer(pool -> bounded(pool, settings).evictionPredicate(primaryConnections::isStale))
                .build());
    }

    /** PostgreSQL counts the time that a client takes to read as the statement's own, hence the limit of lists. */
    @Bean(destroyMethod = "dispose")
    @DependsOn("migrations")
    ConnectionPool replicaPool(DatabaseSettings settings, LoopResources databaseLoops) {
        var configuration =
                pool("replica", TargetServerType.PREFER_SECONDARY, settings.listTimeout(), settings, databaseLoops);
        return new ConnectionPool(
                configuration.customizer(pool -> bounded(pool, settings)).build());
    }

    @Bean
    UnpooledConnections unpooledConnections(DatabaseSettings settings, LoopResources databaseLoops) {
        return new UnpooledConnections(
                name -> connections(name, TargetServerType.PRIMARY, settings.statementTimeout(), databaseLoops));
    }

    @Bean
    PrimaryDatabase primaryDatabase(ConnectionPool primaryPool) {
        return new PrimaryDatabase(
                DatabaseClient.create(primaryPool), TransactionalOperator.create(new WritingTransactions(primaryPool)));
    }

    @Bean
    ReplicaDatabase replicaDatabase(ConnectionPool replicaPool) {
        var snapshot = new DefaultTransactionDefinition();
        snapshot.setIsolationLevel(TransactionDefinition.ISOLATION_REPEATABLE_READ);
        snapshot.setReadOnly(true);
        return new ReplicaDatabase(
                DatabaseClient.create(replicaPool),
                TransactionalOperator.create(new R2dbcTransactionManager(replicaPool), snapshot));
    }

    private ConnectionPoolConfiguration.Builder pool(
            String name,
            TargetServerType target,
            Duration statementTimeout,
            DatabaseSettings settings,
            LoopResources loops) {
        var patience = settings.pool().acquireTimeout();
        return ConnectionPoolConfiguration.builder(connections(name, target, statementTimeout, loops))
                .name(name)
                .initialSize(0)
                .maxSize(settings.pool().size())
                .maxAcquireTime(patience)
                .maxCreateConnectionTime(patience)
                .maxValidationTime(patience)
                .maxIdleTime(settings.pool().maxIdleTime())
                .maxLifeTime(settings.pool().maxLifeTime())
                .backgroundEvictionInterval(EVICTION_INTERVAL)
                .validationDepth(ValidationDepth.LOCAL);
    }

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
                .option(TCP_KEEPALIVE, true)
                .option(APPLICATION_NAME, "kinoteka-catalogue-" + name)
                .option(LOOP_RESOURCES, loops)
                .build());
    }

    private static PoolBuilder<Connection, ?> bounded(PoolBuilder<Connection, ?> pool, DatabaseSettings settings) {
        return pool.maxPendingAcquire(settings.pool().waiting());
    }

    /**
     * Spring would begin them as {@code READ WRITE}, to which a demoted primary says "not supported" rather than that it
     * only reads.
     */
    private static final class WritingTransactions extends R2dbcTransactionManager {

        private static final long serialVersionUID = 1;

        WritingTransactions(ConnectionPool primaryPool) {
            super(primaryPool);
        }

        @Override
        protected io.r2dbc.spi.TransactionDefinition createTransactionDefinition(TransactionDefinition definition) {
            return IsolationLevel.READ_COMMITTED;
        }
    }
}
