package kinoteka.seeder.progress;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class ProgressReportTest {

    private final ByteArrayOutputStream printed = new ByteArrayOutputStream();
    private long now;

    @Test
    void redrawsTheBarAtMostTenTimesPerSecond() {
        ProgressReport.Counter counter = report(true).start("movies", 1_000);

        for (int row = 1; row <= 1_000; row++) {
            now += Duration.ofMillis(1).toNanos();
            counter.update(row);
        }
        counter.complete();

        assertThat(printed.toString(UTF_8).split("\r\u001b\\[K", -1)).hasSize(12);
        assertThat(printed.toString(UTF_8)).containsOnlyOnce("\n").endsWith("\n");
    }

    @Test
    void printsALineEveryFiveSecondsAndOneAtTheEnd() {
        ProgressReport.Counter counter = report(false).start("movies", 12);

        for (int row = 1; row <= 12; row++) {
            now += Duration.ofSeconds(1).toNanos();
            counter.update(row);
        }
        counter.complete();

        assertThat(printed.toString(UTF_8).lines())
                .containsExactly(
                        "movies: 41 %, 5 of 12 rows, 1 rows/s, 7 s left",
                        "movies: 83 %, 10 of 12 rows, 1 rows/s, 2 s left", "movies: 12 rows in 12.0 s (1 rows/s)");
    }

    @Test
    void endsTheLineOfAnInterruptedBar() {
        ProgressReport.Counter counter = report(true).start("movies", 1_000);

        now += Duration.ofSeconds(1).toNanos();
        counter.update(500);
        counter.abort();

        assertThat(printed.toString(UTF_8))
                .contains(" 50 %")
                .doesNotContain("1,000 rows in")
                .endsWith("\n");
    }

    private ProgressReport report(boolean terminal) {
        return new ProgressReport(new PrintStream(printed, true, UTF_8), terminal, () -> now);
    }
}
