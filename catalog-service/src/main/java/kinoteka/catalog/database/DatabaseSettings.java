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
 * Timeouts of statements and connection pools. {@link ConnectionSettings} has the address of PostgreSQL.
 *
 * @param statementTimeout how long the server works on one statement before it gives up; lists have a limit of their own
 * @param listTimeout how long a list may take from its first element to its last; a client that reads more slowly is cut
 *     off, since its connection is missed by others
 * @param startupPatience how long a start waits for a database that does not answer yet, before it gives up
 * @param pool size and patience of each of the two connection pools
 */
@Validated
@ConfigurationProperties(ConnectionSettings.PREFIX)
public record DatabaseSettings(
        @DefaultValue("5s") Duration statementTimeout,
        @DefaultValue("5m") Duration listTimeout,
        @DefaultValue("2m") Duration startupPatience,
        @Valid @DefaultValue Pool pool) {

    public DatabaseSettings {
        Positive.required("statementTimeout", statementTimeout);
        Positive.required("listTimeout", listTimeout);
        Positive.required("startupPatience", startupPatience);
    }

    /**
     * One pool of connections. There are two, one to the primary and one to the replicas.
     *
     * @param size connections at most; about twice the database's cores, since a connection does one thing at a time
     * @param waiting requests that may wait for a free connection; the next one is answered 503 at once
     * @param acquireTimeout how long a request waits for a free connection before it is answered 503
     * @param maxIdleTime an unused connection is closed after this
     * @param maxLifeTime a connection is replaced after this, so that load spreads over servers that came back
     */
    public record Pool(
            @Min(1) @Max(1000) @DefaultValue("16") int size,
            @Min(0) @Max(100_000) @DefaultValue("1000") int waiting,
            @DefaultValue("2s") Duration acquireTimeout,
            @DefaultValue("10m") Duration maxIdleTime,
            @DefaultValue("1h") Duration maxLifeTime) {

        public Pool {
            Positive.required("acquireTimeout", acquireTimeout);
            Positive.required("maxIdleTime", maxIdleTime);
            Positive.required("maxLifeTime", maxLifeTime);
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
