package kinoteka.gateway.upstream.netty;

import java.time.Duration;

/**
 * The bounds of one pool, all positive.
 *
 * @param maxConnections connections that exist at a time
 * @param pendingAcquireMax calls that may wait for one
 * @param acquireTimeout longest wait
 */
public record PoolSettings(int maxConnections, int pendingAcquireMax, Duration acquireTimeout) {}
