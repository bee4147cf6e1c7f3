package kinoteka.catalog.security.token;

import java.time.Duration;
import java.util.function.DoubleSupplier;

/**
 * Pauses between attempts that fail: each is twice the one before, up to a maximum. Up to half of a pause is left out at
 * random, so that several services do not retry at the same moment.
 *
 * @param random from 0 to 1
 */
record Backoff(Duration first, Duration max, DoubleSupplier random) {

    /** In nanoseconds, after this many failures in a row, at least one. */
    long pause(int failures) {
        var doubled = first.toNanos();
        for (int i = 1; i < failures && doubled < max.toNanos(); i++) {
            doubled *= 2;
        }
        var longest = Math.min(doubled, max.toNanos());
        return longest - (long) (longest * 0.5 * random.getAsDouble());
    }
}
