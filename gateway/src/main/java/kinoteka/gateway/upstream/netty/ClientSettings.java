package kinoteka.gateway.upstream.netty;

import java.time.Duration;

/**
 * The time limits of the connections to an instance, all positive.
 *
 * @param connectTimeout for establishing a connection, including the TLS handshake
 * @param responseTimeLimit between the end of the request and the headers of the response, and between two parts of a short response
 * @param streamIdleTimeout longest time during which no part of a streamed body is read
 * @param maxIdleTime time after which an unused connection is closed
 */
record ClientSettings(
        Duration connectTimeout, Duration responseTimeLimit, Duration streamIdleTimeout, Duration maxIdleTime) {}
