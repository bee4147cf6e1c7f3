package kinoteka.catalog.database.pool;

import java.time.Clock;
import java.time.Duration;
import reactor.pool.PooledRefMetadata;

/**
 * When pooled connections are not used any more. Once a server has said that it only reads, or has not responded in time, every
 * connection from before may lead to that server.
 */
public final class ConnectionRetirement {

    private final Duration maxIdleTime;
    private final Duration maxLifeTime;
    private final Clock clock;
    private final Runnable check;
    private volatile long suspectedAt = Long.MIN_VALUE; // milliseconds of the epoch

    /** @param check requests that the state of the servers is checked soon */
    public ConnectionRetirement(Duration maxIdleTime, Duration maxLifeTime, Clock clock, Runnable check) {
        this.maxIdleTime = maxIdleTime;
        this.maxLifeTime = maxLifeTime;
        this.clock = clock;
        this.check = check;
    }

    /** A failure of a request: checks the servers if one may be lost, and retires connections if one may be demoted. */
    public void onFailure(Throwable failure) {
        if (ServerLoss.isReadOnly(failure)) {
            suspectAll();
        } else if (ServerLoss.isCauseOf(failure)) {
            check.run();
        }
    }

    /** No connection that was made before is used again: its server was demoted, or does not respond. */
    void suspectAll() {
        suspectedAt = clock.millis();
        check.run();
    }

    /** Asked before a connection is used again, and now and then while it is idle. */
    public boolean isDue(PooledRefMetadata use) {
        return use.allocationTimestamp() <= suspectedAt
                || use.idleTime() >= maxIdleTime.toMillis()
                || use.lifeTime() >= maxLifeTime.toMillis();
    }
}
