package kinoteka.catalog.database.request;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class RequestConnectionsTest {

    private final AtomicLong nanos = new AtomicLong();
    private final RequestConnections request = new RequestConnections(nanos::get);
    private final AtomicInteger cancelled = new AtomicInteger();

    @Test
    void aRequestThatHoldsNoConnectionIsCancelledAtOnceAndIsGivenNoneAnyMore() {
        request.disconnect(cancelled::incrementAndGet);

        assertThat(cancelled).hasValue(1);
        assertThat(request.acquired()).isFalse();
    }

    @Test
    void aRequestIsCancelledOnceItsLastConnectionIsGivenBack() {
        assertThat(request.acquired()).isTrue();
        assertThat(request.acquired()).isTrue();

        request.disconnect(cancelled::incrementAndGet);
        request.disconnect(cancelled::incrementAndGet);
        request.released();
        assertThat(cancelled).hasValue(0);
        assertThat(request.acquired()).as("one more, while another is in use").isTrue();
        request.released();
        request.released();

        assertThat(cancelled).hasValue(2);
        assertThat(request.acquired()).isFalse();
    }

    @Test
    void aRequestWhoseClientStaysIsNotCancelledWhenItGivesItsConnectionBack() {
        request.acquired();
        request.released();

        assertThat(cancelled).hasValue(0);
        assertThat(request.acquired()).isTrue();
    }

    @Test
    void waitingForSeveralConnectionsOneAfterTheOtherTakesNoLongerThanTheTimeoutInAll() {
        var timeout = Duration.ofSeconds(2);
        assertThat(request.remaining(timeout)).isEqualTo(timeout);

        request.waited(Duration.ofMillis(1_500).toNanos());
        assertThat(request.remaining(timeout)).isEqualTo(Duration.ofMillis(500));

        request.waited(Duration.ofMillis(1_500).toNanos());
        assertThat(request.remaining(timeout)).isZero();
    }

    @Test
    void isOverFromItsEndOrTheDisconnectOfItsClientOn() {
        nanos.addAndGet(1_000);
        assertThat(request.isOverFor(Duration.ZERO)).isFalse();

        request.acquired();
        request.disconnect(cancelled::incrementAndGet);
        nanos.addAndGet(500);
        request.end();
        nanos.addAndGet(500);

        assertThat(request.isOverFor(Duration.ofNanos(999))).isTrue();
        assertThat(request.isOverFor(Duration.ofNanos(1_000))).isFalse();
    }
}
