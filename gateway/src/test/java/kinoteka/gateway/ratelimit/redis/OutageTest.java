package kinoteka.gateway.ratelimit.redis;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class OutageTest {

    private final AtomicLong clock = new AtomicLong(Long.MAX_VALUE - 5); // it may overflow
    private final Outage outage = new Outage(clock::get);

    @Test
    void thatHasNotBegunLetsAllRequestsTry() {
        assertThat(outage.isOver()).isTrue();
        assertThat(outage.tryEnter()).isTrue();
        assertThat(outage.tryEnter()).isTrue();
    }

    @Test
    void letsOneRequestASecondTry() {
        fail();
        assertThat(outage.isOver()).isFalse();
        assertThat(outage.tryEnter()).isFalse();

        advance(Duration.ofSeconds(1));
        assertThat(outage.tryEnter()).isTrue();
        assertThat(outage.tryEnter()).isFalse();

        advance(Duration.ofSeconds(1));
        assertThat(outage.tryEnter()).isTrue();
        fail();
        assertThat(outage.tryEnter()).isFalse();
    }

    @Test
    void endsWithASuccess() {
        fail();
        outage.recordSuccess();

        assertThat(outage.isOver()).isTrue();
        assertThat(outage.tryEnter()).isTrue();
    }

    private void fail() {
        outage.recordFailure(new IllegalStateException("no response"), OnFailure.ALLOW);
    }

    private void advance(Duration time) {
        clock.addAndGet(time.toNanos());
    }
}
