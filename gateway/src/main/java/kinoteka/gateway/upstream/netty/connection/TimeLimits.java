package kinoteka.gateway.upstream.netty.connection;

import java.time.Duration;

/**
 * The time limits of a connection, in nanoseconds.
 *
 * @param response between the end of the request and the headers of its response, and between two reads of a short body
 * @param streamIdle between two reads of a streamed body
 * @param idle of a connection in its pool
 */
public record TimeLimits(long response, long streamIdle, long idle) {

    /** Creates limits from durations. */
    public TimeLimits(Duration response, Duration streamIdle, Duration idle) {
        this(response.toNanos(), streamIdle.toNanos(), idle.toNanos());
    }
}
