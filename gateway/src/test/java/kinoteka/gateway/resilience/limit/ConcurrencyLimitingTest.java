package kinoteka.gateway.resilience.limit;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.handler.codec.http.HttpMethod;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;
import kinoteka.gateway.testing.FakeInstance;
import kinoteka.gateway.upstream.FailureReason;
import kinoteka.gateway.upstream.PoolName;
import kinoteka.gateway.upstream.UpstreamException;
import kinoteka.gateway.upstream.UpstreamRequest.Body;
import org.junit.jupiter.api.Test;
import reactor.core.Disposable;
import reactor.test.StepVerifier;

class ConcurrencyLimitingTest {

    private static final int MAX = 20;

    private final AtomicLong nanos = new AtomicLong();
    private final FakeInstance instance = new FakeInstance("http://a");
    private final ConcurrencyLimiting limiting = new ConcurrencyLimiting(
            instance, new ConcurrencyLimitSettings(true, Duration.ofMillis(100), 2, MAX), nanos::get);

    @Test
    void rejectsTheCallOverTheLimitWithoutSendingIt() {
        begin(MAX);

        StepVerifier.create(limiting.call(FakeInstance.get())).verifyErrorSatisfies(failure -> assertThat(failure)
                .isInstanceOfSatisfying(UpstreamException.class, rejected -> {
                    assertThat(rejected.reason()).isEqualTo(FailureReason.OVERLOADED);
                    assertThat(rejected.instance()).isEqualTo("http://a");
                }));
        assertThat(instance.received()).isEqualTo(MAX);
        assertThat(limiting.rejected()).isOne();
        assertThat(limiting.inFlight()).isEqualTo(MAX);
    }

    @Test
    void aCallThatEndsMakesRoomHoweverItEnds() {
        begin(MAX - 1);
        var cancelled = begin(1);
        assertThat(limiting.inFlight()).isEqualTo(MAX);

        cancelled.dispose();
        assertThat(limiting.inFlight()).isEqualTo(MAX - 1);
        instance.respond(200);
        assertThat(limiting.inFlight()).isEqualTo(MAX - 2);
        instance.fail(FailureReason.BROKEN_OFF);
        assertThat(limiting.inFlight()).isEqualTo(MAX - 3);
    }

    @Test
    void doesNotLimitStreams() {
        begin(MAX);

        limiting.call(FakeInstance.request(HttpMethod.GET, PoolName.STREAMS, Body.NONE))
                .subscribe();

        assertThat(instance.received()).isEqualTo(MAX + 1);
        assertThat(limiting.rejected()).isZero();
    }

    @Test
    void slowResponsesReduceTheLimit() {
        begin(MAX);
        pass(Duration.ofSeconds(1));
        for (int i = 0; i < MAX; i++) {
            instance.respond(200);
        }

        assertThat(limiting.limit()).isLessThan(MAX);
    }

    @Test
    void callsThatTookTooLongForTheirClientsReduceTheLimit() {
        cancelAllAfter(Duration.ofSeconds(1));

        assertThat(limiting.limit()).isLessThan(MAX);
    }

    /** They say nothing about the latency of the instance. */
    @Test
    void callsThatAreCancelledSoonDoNotChangeTheLimit() {
        pass(Duration.ofSeconds(1)); // the end of the first window
        cancelAllAfter(Duration.ofMillis(99));

        assertThat(limiting.limit()).isEqualTo(MAX);
    }

    @Test
    void failuresThatAreFastDoNotChangeTheLimit() {
        cancelAllAfter(Duration.ofSeconds(1));
        var before = limiting.limit();

        for (int round = 0; round < 10; round++) {
            begin(before);
            pass(Duration.ofSeconds(1));
            for (int i = 0; i < before; i++) {
                instance.fail(FailureReason.UNREACHABLE);
            }
        }

        assertThat(limiting.limit()).isEqualTo(before);
    }

    private void cancelAllAfter(Duration time) {
        var calls = Stream.generate(() -> begin(1)).limit(MAX).toList();
        pass(time);
        calls.forEach(Disposable::dispose);
        instance.forget();
    }

    private Disposable begin(int calls) {
        for (int i = 1; i < calls; i++) {
            limiting.call(FakeInstance.get()).subscribe(response -> {}, failure -> {});
        }
        return limiting.call(FakeInstance.get()).subscribe(response -> {}, failure -> {});
    }

    private void pass(Duration time) {
        nanos.addAndGet(time.toNanos());
    }
}
