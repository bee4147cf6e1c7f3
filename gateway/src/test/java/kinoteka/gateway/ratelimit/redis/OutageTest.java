package kinoteka.gateway.ratelimit.redis;

import static kinoteka.gateway.ratelimit.redis.Outage.Admission.ADMITTED;
import static kinoteka.gateway.ratelimit.redis.Outage.Admission.ADMITTED_AS_TEST;
import static kinoteka.gateway.ratelimit.redis.Outage.Admission.REFUSED;
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
        assertThat(outage.tryEnter()).isEqualTo(ADMITTED);
        assertThat(outage.tryEnter()).isEqualTo(ADMITTED);
    }

    @Test
    void letsOneRequestASecondTry() {
        fail();
        assertThat(outage.isOver()).isFalse();
        assertThat(outage.tryEnter()).isEqualTo(REFUSED);

        advance(Duration.ofSeconds(1));
        assertThat(outage.tryEnter()).isEqualTo(ADMITTED_AS_TEST);
        assertThat(outage.tryEnter()).isEqualTo(REFUSED);

        advance(Duration.ofSeconds(1));
        assertThat(outage.tryEnter()).isEqualTo(ADMITTED_AS_TEST);
        fail();
        assertThat(outage.tryEnter()).isEqualTo(REFUSED);
    }

    @Test
    void endsWithTheSuccessOfATest() {
        fail();
        advance(Duration.ofSeconds(1));
        outage.recordSuccess(outage.tryEnter());

        assertThat(outage.isOver()).isTrue();
        assertThat(outage.tryEnter()).isEqualTo(ADMITTED);
    }

    /** Near the time limit, some requests succeed while others fail. */
    @Test
    void doesNotEndWithTheSuccessOfARequestThatBeganBefore() {
        var before = outage.tryEnter();
        fail();
        outage.recordSuccess(before);

        assertThat(outage.isOver()).isFalse();
        assertThat(outage.tryEnter()).isEqualTo(REFUSED);
    }

    private void fail() {
        outage.recordFailure(new IllegalStateException("no response"), OnFailure.ALLOW);
    }

    private void advance(Duration time) {
        clock.addAndGet(time.toNanos());
    }
}
