package kinoteka.quickstart.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class LastLinesTest {

    private final LastLines lines = new LastLines();

    @Test
    void keepsTheLastTenLinesThatAreNotBlank() {
        IntStream.rangeClosed(1, 12).forEach(number -> {
            lines.add("line " + number, number);
            lines.add(" ", number);
        });

        assertThat(lines.lines()).hasSize(10).startsWith("line 3").endsWith("line 12");
    }

    @Test
    void returnsTheAgeOfTheLatestLine() {
        lines.add("line", Duration.ofSeconds(1).toNanos());

        assertThat(lines.age(Duration.ofSeconds(42).toNanos())).isEqualTo(Duration.ofSeconds(41));
        assertThat(lines.age(0)).isZero();
    }
}
