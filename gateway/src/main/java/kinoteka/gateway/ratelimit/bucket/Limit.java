package kinoteka.gateway.ratelimit.bucket;

import io.github.bucket4j.Bandwidth;
import io.github.bucket4j.BucketConfiguration;
import java.time.Duration;

/**
 * A limit on the requests of one client.
 *
 * @param rate requests per second, in the long run; greater than 0
 * @param burst requests at once, at least 1
 */
public record Limit(double rate, int burst) {

    private static final double NANOS = 1e9;

    /** Returns how long it takes to fill an empty bucket. */
    public Duration refillTime() {
        return Duration.ofNanos(Math.max(1, Math.round(burst * NANOS / rate)));
    }

    /** Returns how many nanoseconds it takes until a number of tokens has been added to a bucket. */
    long nanosFor(long tokens) {
        return Math.round(tokens * NANOS / rate);
    }

    /** Returns how long a client has to wait at most for the next token, in whole seconds rounded up. */
    public long secondsForToken() {
        return (long) Math.ceil(1 / rate);
    }

    /** Returns the limit in the terms of Bucket4j: tokens are added one by one. */
    public BucketConfiguration configuration() {
        return BucketConfiguration.builder()
                .addLimit(Bandwidth.builder()
                        .capacity(burst)
                        .refillGreedy(burst, refillTime())
                        .build())
                .build();
    }
}
