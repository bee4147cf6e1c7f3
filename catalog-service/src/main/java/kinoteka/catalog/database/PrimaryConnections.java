package kinoteka.catalog.database;

import io.r2dbc.spi.Connection;
import java.time.Clock;
import org.springframework.stereotype.Component;
import reactor.pool.PooledRefMetadata;

/**
 * Which pooled connections to the primary may be used again. A server is asked for its role when a connection is made and
 * never after: once one has said that it only reads, every connection from before may lead to a demoted server.
 */
@Component
public class PrimaryConnections {

    private final DatabaseSettings.Pool settings;
    private final Clock clock = Clock.systemUTC();
    private volatile long demotedAt = Long.MIN_VALUE; // milliseconds of the epoch

    PrimaryConnections(DatabaseSettings settings) {
        this.settings = settings.pool();
    }

    /** A server that was the primary has refused to write. */
    public void demoted() {
        demotedAt = clock.millis();
    }

    /** Asked before a connection is used again, and now and then while it is not used. */
    boolean isStale(Connection connection, PooledRefMetadata of) {
        return of.allocationTimestamp() <= demotedAt
                || of.idleTime() >= settings.maxIdleTime().toMillis()
                || of.lifeTime() >= settings.maxLifeTime().toMillis();
    }
}
