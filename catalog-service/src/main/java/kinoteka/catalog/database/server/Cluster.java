package kinoteka.catalog.database.server;

import io.r2dbc.postgresql.MultiHostConnectionStrategy.TargetServerType;
import io.r2dbc.spi.ConnectionFactory;
import io.r2dbc.spi.ConnectionFactoryMetadata;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.function.LongSupplier;
import java.util.stream.Collectors;
import kinoteka.catalog.database.pool.ConnectionSource;
import kinoteka.catalog.database.pool.OpenConnection;
import kinoteka.catalog.database.pool.ServerHealth;
import org.springframework.context.SmartLifecycle;
import reactor.core.publisher.Mono;

/**
 * The servers of PostgreSQL. If there are several, their roles are checked all the time, each new connection is made to a server
 * that fits, and each old one is asked for the state of its server before it is used again. A single server is not checked: its
 * role is asked for when a connection is made.
 */
public final class Cluster implements SmartLifecycle {

    private static final Duration PAUSE = Duration.ofMillis(50);
    private static final ConnectionFactoryMetadata METADATA = () -> "PostgreSQL";

    private final List<String> addresses;
    private final Servers servers;
    private final ServerChecks checks;
    private final Duration patience;

    /**
     * Creates a cluster.
     *
     * @param connections to the server at an address, for the checks
     * @param interval between two checks of a server
     * @param maxLag replicas that are further behind are not read
     * @param patience how long a new connection waits for a server that fits
     * @param nanoTime nanoseconds from an arbitrary origin
     */
    public Cluster(
            List<String> addresses,
            Function<String, ConnectionFactory> connections,
            Duration interval,
            Duration maxLag,
            Duration patience,
            LongSupplier nanoTime) {
        this.addresses = List.copyOf(addresses);
        this.servers = new Servers(
                addresses.stream()
                        .map(address -> new Server(address, connections.apply(address)))
                        .toList(),
                interval,
                maxLag,
                nanoTime);
        this.checks = new ServerChecks(servers, interval, nanoTime);
        this.patience = patience;
    }

    /**
     * Connections to the primary.
     *
     * @param connections to a server of a type at an address
     */
    public ConnectionSource primary(BiFunction<String, TargetServerType, ConnectionFactory> connections) {
        return isSingle()
                ? single(connections, TargetServerType.PRIMARY)
                : source(connections, TargetServerType.PRIMARY, awaitPrimary(), server -> new Health(servers, server) {
                    @Override
                    public boolean isUsable() {
                        return servers.isPrimary(server);
                    }
                });
    }

    /**
     * Connections to replicas; to the primary, if there is no replica that may be read.
     *
     * @param connections to a server of a type at an address
     */
    public ConnectionSource replica(BiFunction<String, TargetServerType, ConnectionFactory> connections) {
        return isSingle()
                ? single(connections, TargetServerType.PREFER_SECONDARY)
                : source(
                        connections,
                        TargetServerType.ANY,
                        Mono.defer(() -> Mono.justOrEmpty(servers.replica())).switchIfEmpty(awaitPrimary()),
                        server -> new Health(servers, server) {
                            @Override
                            public boolean isUsable() {
                                return servers.isReadableReplica(server)
                                        || (servers.isPrimary(server)
                                                && servers.replica().isEmpty());
                            }
                        });
    }

    /** Whether there are replicas, which may be behind. */
    public boolean hasReplicas() {
        return !isSingle();
    }

    /** Whether every replica that may be read contains everything up to this position. Has the servers checked soon if not. */
    public boolean haveReplayed(LogPosition position) {
        var haveReplayed = isSingle() || servers.haveReplayed(position);
        if (!haveReplayed) {
            checks.request();
        }
        return haveReplayed;
    }

    /** Has the servers checked soon, because a request has lost one. */
    public void requestCheck() {
        checks.request();
    }

    @Override
    public void start() {
        if (!isSingle()) {
            checks.start();
        }
    }

    @Override
    public void stop() {
        checks.stop();
    }

    @Override
    public boolean isRunning() {
        return checks.isRunning();
    }

    /** Starts before everything that needs a connection, and stops after it. */
    @Override
    public int getPhase() {
        return 0;
    }

    private boolean isSingle() {
        return addresses.size() == 1;
    }

    private ConnectionSource single(
            BiFunction<String, TargetServerType, ConnectionFactory> connections, TargetServerType type) {
        return ConnectionSource.of(connections.apply(addresses.getFirst(), type));
    }

    private ConnectionSource source(
            BiFunction<String, TargetServerType, ConnectionFactory> connections,
            TargetServerType type,
            Mono<Server> choice,
            Function<Server, ServerHealth> health) {
        Map<Server, ConnectionFactory> drivers = servers.all().stream()
                .collect(Collectors.toMap(Function.identity(), server -> connections.apply(server.address(), type)));
        return new ConnectionSource() {
            @Override
            public Mono<OpenConnection> open() {
                return choice.flatMap(server -> Mono.justOrEmpty(drivers.get(server))
                        .flatMap(driver -> Mono.from(driver.create()))
                        .map(connection -> new OpenConnection(connection, health.apply(server))));
            }

            @Override
            public ConnectionFactoryMetadata metadata() {
                return METADATA;
            }
        };
    }

    /** A server is being promoted, perhaps; if no server responds at all, there is nothing to wait for. */
    private Mono<Server> awaitPrimary() {
        return Mono.defer(() -> {
                    var primary = servers.primary();
                    if (primary.isEmpty()) {
                        checks.request();
                        if (servers.areAllUnreachable()) {
                            return Mono.error(new NoServer("No server responds."));
                        }
                    }
                    return Mono.justOrEmpty(primary);
                })
                .repeatWhenEmpty(Integer.MAX_VALUE, repetitions -> repetitions.delayElements(PAUSE))
                .timeout(patience, Mono.error(() -> new NoServer("No server is the primary.")));
    }

    private abstract static class Health implements ServerHealth {

        private final Servers servers;
        private final Server server;

        Health(Servers servers, Server server) {
            this.servers = servers;
            this.server = server;
        }

        @Override
        public boolean isLost() {
            return servers.isLost(server);
        }
    }
}
