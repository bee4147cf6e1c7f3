package kinoteka.seeder.rows;

import java.time.Duration;
import java.time.Instant;

/** A stretch of time in which something happens again and again. */
public record Period(Instant start, Duration length) {

    /** The last so many days before. */
    public static Period daysBefore(Instant end, int days) {
        return new Period(end.minus(Duration.ofDays(days)), Duration.ofDays(days));
    }

    /**
     * The second in which so much of it has passed.
     *
     * @param share 0..1
     */
    public Instant at(double share) {
        return start.plusSeconds((long) (share * length.toSeconds()));
    }
}
