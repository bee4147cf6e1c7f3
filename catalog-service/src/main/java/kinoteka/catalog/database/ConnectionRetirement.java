package kinoteka.catalog.database;

import java.time.Clock;
import reactor.pool.PooledRefMetadata;

/**
 * When pooled connections are not used any more. A server is asked for its role when a connection is made and never after: once
 * one has said that it only reads, every connection from before may lead to a demoted server.
 */
public final class ConnectionRetirement {

    private final DatabaseSettings.Pool settings;
    private final Clock clock;
    private volatile long demotedAt = Long.MIN_VALUE; // milliseconds of the epoch

    ConnectionRetirement(DatabaseSettings.Pool settings, Clock clock) {
        this.settings = settings;
        this.clock = clock;
    }

    /** A server that was the primary has rejected a write. */
    public void markDemoted() {
        demotedAt = clock.millis();
    }

    /** Asked before a connection is used again, and now and then while it is idle. */
    boolean isDue(PooledRefMetadata use) {
        return use.allocationTimestamp() <= demotedAt
                || use.idleTime() >= settings.maxIdleTime().toMillis()
                || use.lifeTime() >= settings.maxLifeTime().toMillis();
    }
}
