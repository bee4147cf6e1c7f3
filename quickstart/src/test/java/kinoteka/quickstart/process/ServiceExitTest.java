package kinoteka.quickstart.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class ServiceExitTest {

    @Test
    void describesTheSignalAndTheAgeOfTheLastLines() {
        var exit = new ServiceExit("catalogue", 137, List.of("WARN a", "WARN b"), Duration.ofSeconds(41));

        assertThat(exit.describe()).isEqualTo("""
                        The catalogue stopped unexpectedly with exit status 137 (SIGKILL, which the kernel also sends when \
                        memory is short). The last lines of its output, up to 41 s before it stopped:
                            WARN a
                            WARN b""");
    }

    @Test
    void describesAServiceThatHasWrittenNothing() {
        assertThat(new ServiceExit("gateway", 1, List.of(), Duration.ZERO).describe())
                .isEqualTo("The gateway stopped unexpectedly with exit status 1. It has written no output.");
    }
}
