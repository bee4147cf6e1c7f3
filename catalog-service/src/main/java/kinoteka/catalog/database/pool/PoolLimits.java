package kinoteka.catalog.database.pool;

import java.time.Duration;

/**
 * What a pool of connections may hold, and for how long.
 *
 * @param name as metrics and logs show it
 * @param size connections at most
 * @param maxWaiting requests that may wait for a connection
 * @param acquireTimeout how long a request may wait for connections in all
 * @param leaseTimeout how long a connection may be held, before it is closed by force
 * @param responseTimeout how long the server may take for one statement, before the connection is closed by force; not for
 *     statements with a cursor
 */
public record PoolLimits(
        String name,
        int size,
        int maxWaiting,
        Duration acquireTimeout,
        Duration leaseTimeout,
        Duration responseTimeout) {}
