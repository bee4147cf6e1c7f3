package kinoteka.gateway.upstream.netty;

import java.time.Duration;

/**
 * The time limits of the connections to an instance, all positive.
 *
 * @param connectTimeout for a new connection, TLS included
 * @param responseTimeLimit from the request sent to the head of its response, and between two parts of a short response
 * @param streamIdleTimeout longest time in which nothing of a streamed body is read
 * @param maxIdleTime after which an unused connection is closed
 */
public record ClientSettings(
        Duration connectTimeout, Duration responseTimeLimit, Duration streamIdleTimeout, Duration maxIdleTime) {}
