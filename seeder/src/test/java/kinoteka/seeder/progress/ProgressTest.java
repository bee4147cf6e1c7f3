package kinoteka.seeder.progress;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class ProgressTest {

    private static final Duration FOUR_SECONDS = Duration.ofSeconds(4);

    @Test
    void formatsABarWithPercentageRateAndTimeLeft() {
        assertThat(new Progress("sessions", 2_000_000, 5_000_000, FOUR_SECONDS).bar())
                .isEqualTo("sessions               [############..................]  40 %  500,000 rows/s, 6 s left");
    }

    @Test
    void formatsALineForALog() {
        assertThat(new Progress("sessions", 2_000_000, 5_000_000, FOUR_SECONDS).line())
                .isEqualTo("sessions: 40 %, 2,000,000 of 5,000,000 rows, 500,000 rows/s, 6 s left");
    }

    @Test
    void formatsLongTimesInMinutes() {
        assertThat(new Progress("sessions", 1_000, 5_000_000, FOUR_SECONDS).line())
                .endsWith("250 rows/s, 334 min left");
    }

    @Test
    void omitsTheTimeLeftBeforeTheFirstRow() {
        assertThat(new Progress("movies", 0, 10, Duration.ZERO).line())
                .isEqualTo("movies: 0 %, 0 of 10 rows, 0 rows/s");
    }

    @Test
    void formatsASummaryEvenIfNoTimeHasPassed() {
        assertThat(new Progress("movies", 10, 10, Duration.ZERO).summary())
                .isEqualTo("movies: 10 rows in 0.0 s (10,000 rows/s)");
    }
}
