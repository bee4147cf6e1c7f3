package kinoteka.gateway.upstream.netty;

import java.time.Duration;

/**
 * The bounds of one pool, all positive.
 *
 * @param maxConnections maximum number of connections
 * @param pendingAcquireMax maximum number of calls that wait for a connection
 * @param acquireTimeout longest time that a call waits for a connection
 */
record PoolSettings(int maxConnections, int pendingAcquireMax, Duration acquireTimeout) {}
