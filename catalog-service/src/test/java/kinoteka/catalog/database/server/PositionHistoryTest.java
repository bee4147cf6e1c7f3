package kinoteka.catalog.database.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class PositionHistoryTest {

    private static final Duration LAG = Duration.ofSeconds(2);

    private final PositionHistory history = new PositionHistory();

    @Test
    void aReplicaIsBehindByTheAgeOfTheLatestPositionThatItHasReplayed() {
        primaryAt(100, 0);
        primaryAt(200, 1);
        primaryAt(300, 2);
        primaryAt(400, 3);

        assertThat(isWithinLag(400)).isTrue();
        assertThat(isWithinLag(200)).isTrue();
        assertThat(isWithinLag(199)).isFalse();
    }

    @Test
    void aReplicaOfAnIdlePrimaryDoesNotLagHoweverLongNothingIsWritten() {
        for (var second = 0; second < 1000; second++) {
            primaryAt(100, second);
        }

        assertThat(isWithinLag(100)).isTrue();
        assertThat(isWithinLag(99)).isFalse();
    }

    @Test
    void nothingIsKnownOfAReplicaBeforeThePrimaryIs() {
        primaryAt(100, 0);
        history.clear();

        assertThat(isWithinLag(100)).isFalse();
    }

    private void primaryAt(long position, long seconds) {
        history.add(new LogPosition(position), Duration.ofSeconds(seconds).toNanos());
    }

    private boolean isWithinLag(long replayed) {
        return history.isWithin(LAG, new LogPosition(replayed));
    }
}
