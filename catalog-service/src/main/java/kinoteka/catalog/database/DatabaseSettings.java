package kinoteka.catalog.database;

import jakarta.validation.Valid;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import java.time.Duration;
import kinoteka.schema.ConnectionSettings;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * Timeouts of statements and limits of connection pools. {@link ConnectionSettings} has the address of PostgreSQL.
 *
 * @param statementTimeout how long the server works on one statement before it cancels it; long lists have a timeout of their
 *     own
 * @param startupTimeout how long a start waits for a database that does not accept connections yet, before it fails
 * @param responseGrace how much longer than the timeout of a statement the server may take to respond; after that it counts as lost,
 *     the connection is closed, and so are all others from before
 * @param checkInterval how often each of several servers is asked for its role and its position in the log; one that has not replied
 *     for three intervals is not used. A single server is not asked
 * @param replicaMaxLag replicas that are further behind the primary are not read; at least twice the check interval
 * @param pool limits of the pool of connections to the primary, and of the one to the replicas
 * @param streams limits of the pool for long lists
 */
@Validated
@ConfigurationProperties(ConnectionSettings.PREFIX)
public record DatabaseSettings(
        @DefaultValue("5s") Duration statementTimeout,
        @DefaultValue("2m") Duration startupTimeout,
        @DefaultValue("1s") Duration responseGrace,
        @DefaultValue("1s") Duration checkInterval,
        @DefaultValue("5s") Duration replicaMaxLag,
        @Valid @DefaultValue Pool pool,
        @Valid @DefaultValue Streams streams) {

    public DatabaseSettings {
        Positive.required("statementTimeout", statementTimeout);
        Positive.required("startupTimeout", startupTimeout);
        Positive.required("responseGrace", responseGrace);
        Positive.required("checkInterval", checkInterval);
        if (replicaMaxLag.compareTo(checkInterval.multipliedBy(2)) < 0) {
            throw new IllegalArgumentException("replicaMaxLag: " + replicaMaxLag + " (expected: >= "
                    + checkInterval.multipliedBy(2) + ", twice the checkInterval)");
        }
    }

    /**
     * A pool of connections. There are two of these, one to the primary and one to the replicas.
     *
     * @param size connections at most; about twice the database's cores, since a connection does one thing at a time
     * @param maxWaiting requests that may wait for a free connection; the next one is rejected with 503 at once
     * @param acquireTimeout how long a request waits for connections in all before it is rejected with 503
     * @param leaseTimeout how long a request may hold a connection; after that it is closed by force, logged and counted in
     *     {@code r2dbc_pool_closed_by_force_connections_total}
     * @param maxIdleTime an idle connection is closed after this
     * @param maxLifeTime a connection is replaced after this, so that load spreads over servers that came back
     */
    public record Pool(
            @Min(1) @Max(1000) @DefaultValue("16") int size,
            @Min(0) @Max(100_000) @DefaultValue("1000") int maxWaiting,
            @DefaultValue("2s") Duration acquireTimeout,
            @DefaultValue("30s") Duration leaseTimeout,
            @DefaultValue("10m") Duration maxIdleTime,
            @DefaultValue("1h") Duration maxLifeTime) {

        public Pool {
            Positive.required("acquireTimeout", acquireTimeout);
            Positive.required("leaseTimeout", leaseTimeout);
            Positive.required("maxIdleTime", maxIdleTime);
            Positive.required("maxLifeTime", maxLifeTime);
        }
    }

    /**
     * The pool for long lists, those of more than 1,000 elements. They are read as fast as the client takes them, so that a slow
     * client keeps a connection for long; lists up to 1,000 elements never wait for one.
     *
     * @param size connections at most, and so long lists at the same time
     * @param maxPerClient long lists of one client at the same time; one more is rejected with 429
     * @param timeout how long such a list may take from its first element to its last; a client that reads more slowly is
     *     disconnected
     */
    public record Streams(
            @Min(1) @Max(1000) @DefaultValue("8") int size,
            @Min(1) @Max(1000) @DefaultValue("2") int maxPerClient,
            @DefaultValue("5m") Duration timeout) {

        public Streams {
            Positive.required("timeout", timeout);
        }
    }

    private static final class Positive {
        static void required(String name, Duration value) {
            if (!value.isPositive()) {
                throw new IllegalArgumentException(name + ": " + value + " (expected: > 0)");
            }
        }
    }
}
