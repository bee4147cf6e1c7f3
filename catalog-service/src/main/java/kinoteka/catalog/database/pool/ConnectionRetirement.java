package kinoteka.catalog.database.pool;

import java.time.Clock;
import java.time.Duration;
import reactor.pool.PooledRefMetadata;

/**
 * When pooled connections are not used any more. A server is asked for its role when a connection is made and never after: once
 * one has said that it only reads, every connection from before may lead to a demoted server.
 */
public final class ConnectionRetirement {

    private final Duration maxIdleTime;
    private final Duration maxLifeTime;
    private final Clock clock;
    private volatile long demotedAt = Long.MIN_VALUE; // milliseconds of the epoch

    public ConnectionRetirement(Duration maxIdleTime, Duration maxLifeTime, Clock clock) {
        this.maxIdleTime = maxIdleTime;
        this.maxLifeTime = maxLifeTime;
        this.clock = clock;
    }

    /** A server that was the primary has rejected a write. */
    public void markDemoted() {
        demotedAt = clock.millis();
    }

    /** Asked before a connection is used again, and now and then while it is idle. */
    public boolean isDue(PooledRefMetadata use) {
        return use.allocationTimestamp() <= demotedAt
                || use.idleTime() >= maxIdleTime.toMillis()
                || use.lifeTime() >= maxLifeTime.toMillis();
    }
}
