package kinoteka.seeder.rows;

import java.time.Duration;
import java.time.Instant;

/** The period in which events of one kind happen. */
public record Period(Instant start, Duration length) {

    public static Period daysBefore(Instant end, int days) {
        return new Period(end.minus(Duration.ofDays(days)), Duration.ofDays(days));
    }

    /**
     * Returns the second at which this fraction of the period has passed.
     *
     * @param fraction 0..1
     */
    public Instant at(double fraction) {
        return start.plusSeconds((long) (fraction * length.toSeconds()));
    }
}
