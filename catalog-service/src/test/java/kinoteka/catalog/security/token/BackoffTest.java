package kinoteka.catalog.security.token;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BackoffTest {

    @ParameterizedTest
    @CsvSource({"1, 1", "2, 2", "3, 4", "6, 32", "7, 60", "8, 60", "2147483647, 60"})
    void doublesThePauseUpToTheMaximum(int failures, int seconds) {
        assertThat(backoff(0).pause(failures))
                .isEqualTo(Duration.ofSeconds(seconds).toNanos());
    }

    @Test
    void leavesOutUpToHalfOfAPauseAtRandom() {
        assertThat(backoff(0.5).pause(3)).isEqualTo(Duration.ofSeconds(3).toNanos());
        assertThat(backoff(1).pause(3)).isEqualTo(Duration.ofSeconds(2).toNanos());
        assertThat(backoff(1).pause(100)).isEqualTo(Duration.ofSeconds(30).toNanos());
    }

    private static Backoff backoff(double random) {
        return new Backoff(Duration.ofSeconds(1), Duration.ofMinutes(1), () -> random);
    }
}
