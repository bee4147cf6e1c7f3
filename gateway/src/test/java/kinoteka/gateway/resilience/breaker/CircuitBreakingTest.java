package kinoteka.gateway.resilience.breaker;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.resilience4j.circuitbreaker.CircuitBreaker.State;
import io.netty.handler.codec.http.HttpMethod;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;
import kinoteka.gateway.testing.FakeInstance;
import kinoteka.gateway.upstream.FailureReason;
import kinoteka.gateway.upstream.PoolName;
import kinoteka.gateway.upstream.UpstreamException;
import kinoteka.gateway.upstream.UpstreamRequest;
import kinoteka.gateway.upstream.UpstreamRequest.Body;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import reactor.core.Disposable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.test.StepVerifier;

class CircuitBreakingTest {

    private static final int MIN_CALLS = 10;
    private static final int TEST_CALLS = 5;
    private static final Duration SLOW = Duration.ofSeconds(3);
    private static final Duration OPEN = Duration.ofSeconds(2);
    private static final CircuitBreakerSettings SETTINGS =
            new CircuitBreakerSettings(true, 50, 80, SLOW, Duration.ofSeconds(10), MIN_CALLS, OPEN);

    private final AtomicLong nanos = new AtomicLong(123_456_789_012L);
    private final FakeInstance instance = new FakeInstance("http://a");
    private final CircuitBreaking breaking = new CircuitBreaking(instance, SETTINGS, nanos::get);

    @ParameterizedTest
    @EnumSource(names = {"UNREACHABLE", "TIMED_OUT", "BROKEN_OFF"})
    void opensWhenHalfOfTheCallsFail(FailureReason reason) {
        respond(MIN_CALLS / 2);
        fail(MIN_CALLS / 2 - 1, reason);
        assertThat(breaking.state()).isEqualTo(State.CLOSED);

        fail(1, reason);
        assertThat(breaking.state()).isEqualTo(State.OPEN);
        assertThat(breaking.openings()).isOne();
    }

    @Test
    void anOpenBreakerRejectsWithoutSending() {
        fail(MIN_CALLS, FailureReason.BROKEN_OFF);

        assertThat(breaking.isRejecting()).isTrue();
        StepVerifier.create(breaking.call(FakeInstance.get())).verifyErrorSatisfies(failure -> assertThat(failure)
                .isInstanceOfSatisfying(UpstreamException.class, rejected -> {
                    assertThat(rejected.reason()).isEqualTo(FailureReason.BREAKER_OPEN);
                    assertThat(rejected.instance()).isEqualTo("http://a");
                }));
        assertThat(instance.received()).isEqualTo(MIN_CALLS);
        assertThat(breaking.rejected()).isOne();
    }

    /** Otherwise one slow upload would keep the breaker from closing. */
    @Test
    void anUploadDoesNotTestWhetherTheInstanceHasRecovered() {
        var upload = FakeInstance.request(HttpMethod.POST, PoolName.STREAMS, new Body.Streamed(-1, Flux.never()));
        fail(MIN_CALLS, FailureReason.BROKEN_OFF);
        pass(OPEN.plusMillis(1));

        StepVerifier.create(breaking.call(upload)).verifyError(UpstreamException.class);
        respond(TEST_CALLS);
        assertThat(breaking.state()).isEqualTo(State.CLOSED);
        breaking.call(upload).subscribe();
        assertThat(instance.received()).isEqualTo(MIN_CALLS + TEST_CALLS + 1);
    }

    @Test
    void callsOfTheGatewayItselfNeitherOpenItNorAreRejected() {
        var listening = FakeInstance.request(HttpMethod.GET, PoolName.CHANGES, Body.NONE);
        for (var i = 0; i < MIN_CALLS; i++) {
            breaking.call(listening).onErrorComplete().subscribe();
            instance.fail(FailureReason.UNREACHABLE);
        }
        assertThat(breaking.state()).isEqualTo(State.CLOSED);

        fail(MIN_CALLS, FailureReason.BROKEN_OFF);
        breaking.call(listening).subscribe();
        assertThat(instance.received()).isEqualTo(2 * MIN_CALLS + 1);
    }

    @Test
    void aChangeOfTheSettingsAppliesToFurtherCallsAndBeginsToMeasureAnew() {
        fail(MIN_CALLS - 1, FailureReason.BROKEN_OFF);

        breaking.change(settings(3, OPEN));
        assertThat(breaking.state()).isEqualTo(State.CLOSED);
        fail(2, FailureReason.BROKEN_OFF);
        assertThat(breaking.state()).isEqualTo(State.CLOSED);

        fail(1, FailureReason.BROKEN_OFF);
        assertThat(breaking.state()).isEqualTo(State.OPEN);
        assertThat(breaking.openings()).isOne();
    }

    @Test
    void anOpenBreakerStaysOpenForTheNewTimeWhenTheSettingsChange() {
        fail(MIN_CALLS, FailureReason.BROKEN_OFF);

        breaking.change(settings(MIN_CALLS, Duration.ofSeconds(20)));

        pass(Duration.ofSeconds(19));
        assertThat(breaking.isRejecting()).isTrue();
        pass(Duration.ofSeconds(2));
        assertThat(breaking.isRejecting()).isFalse();
        respond(TEST_CALLS);
        assertThat(breaking.state()).isEqualTo(State.CLOSED);
        assertThat(breaking.openings()).isOne();
    }

    @Test
    void callsThatBeganBeforeTheSettingsChangedDoNotCount() {
        for (int i = 0; i < MIN_CALLS; i++) {
            begin();
        }
        breaking.change(settings(1, OPEN));

        for (int i = 0; i < MIN_CALLS; i++) {
            instance.fail(FailureReason.BROKEN_OFF);
        }

        assertThat(breaking.state()).isEqualTo(State.CLOSED);
        assertThat(breaking.openings()).isZero();
    }

    private static CircuitBreakerSettings settings(int minCalls, Duration open) {
        return new CircuitBreakerSettings(true, 50, 80, SLOW, Duration.ofSeconds(10), minCalls, open);
    }

    /** They say nothing about the instance: the gateway did not let the calls pass, or the database is the same for all instances. */
    @Test
    void isNotOpenedByLimitsOfTheGatewayNorByServerErrors() {
        fail(MIN_CALLS, FailureReason.POOL_EXHAUSTED);
        for (int i = 0; i < MIN_CALLS; i++) {
            begin();
            instance.respond(503);
        }

        assertThat(breaking.state()).isEqualTo(State.CLOSED);
        assertThat(breaking.metrics().getNumberOfBufferedCalls()).isEqualTo(MIN_CALLS);
        assertThat(breaking.metrics().getNumberOfFailedCalls()).isZero();
    }

    @Test
    void opensWhenMostCallsAreSlow() {
        respondAfter(SLOW.plusMillis(1), FakeInstance.get());

        assertThat(breaking.state()).isEqualTo(State.OPEN);
    }

    @Test
    void aStreamIsNeverSlow() {
        respondAfter(SLOW.multipliedBy(3), FakeInstance.request(HttpMethod.GET, PoolName.STREAMS, Body.NONE));

        assertThat(breaking.state()).isEqualTo(State.CLOSED);
    }

    @Test
    void failuresAreForgottenAfterTheWindow() {
        fail(MIN_CALLS - 1, FailureReason.BROKEN_OFF);
        pass(Duration.ofSeconds(11));
        fail(1, FailureReason.BROKEN_OFF);

        assertThat(breaking.state()).isEqualTo(State.CLOSED);
    }

    @Test
    void closesWhenTheTestCallsSucceed() {
        openAndWait();

        assertThat(breaking.isRejecting())
                .as("before a call tests the instance")
                .isFalse();
        respond(TEST_CALLS);

        assertThat(breaking.state()).isEqualTo(State.CLOSED);
    }

    @Test
    void opensAgainWhenTheTestCallsFail() {
        openAndWait();
        fail(TEST_CALLS, FailureReason.UNREACHABLE);

        assertThat(breaking.state()).isEqualTo(State.OPEN);
        assertThat(breaking.isRejecting()).isTrue();
        assertThat(breaking.openings()).isEqualTo(2);
    }

    @Test
    void onlyTheTestCallsPassWhileItIsHalfOpen() {
        openAndWait();
        var before = instance.received();
        for (int i = 0; i < TEST_CALLS + 3; i++) {
            begin();
        }

        assertThat(instance.received() - before).isEqualTo(TEST_CALLS);
        assertThat(breaking.rejected()).isEqualTo(3);
    }

    @Test
    void aCancelledCallIsNeitherSuccessNorFailure() {
        begin().dispose();

        assertThat(breaking.metrics().getNumberOfBufferedCalls()).isZero();
    }

    @Test
    void aCancelledTestCallReturnsItsPermission() {
        openAndWait();
        for (int i = 0; i < 10 * TEST_CALLS; i++) {
            begin().dispose();
        }
        instance.forget();
        respond(TEST_CALLS);

        assertThat(breaking.state()).isEqualTo(State.CLOSED);
        assertThat(breaking.rejected()).isZero();
    }

    /** Such as a body that the client did not send completely. */
    @Test
    void aTestCallThatFailsBecauseOfTheClientReturnsItsPermission() {
        openAndWait();
        for (int i = 0; i < 10 * TEST_CALLS; i++) {
            begin();
            instance.fail(new IllegalStateException("the client's body"));
        }
        respond(TEST_CALLS);

        assertThat(breaking.state()).isEqualTo(State.CLOSED);
    }

    /** Otherwise an instance that hangs would not be noticed if its clients have shorter timeouts than the gateway. */
    @Test
    void aCallThatIsCancelledAfterItBecameSlowIsSlow() {
        var calls = Stream.generate(this::begin).limit(MIN_CALLS).toList();
        pass(SLOW.plusMillis(1));
        calls.forEach(Disposable::dispose);

        assertThat(breaking.state()).isEqualTo(State.OPEN);
    }

    @Test
    void aCallThatBeganBeforeTheBreakerOpenedDoesNotFailTheTest() {
        for (int i = 0; i < TEST_CALLS; i++) {
            begin(); // and hangs
        }
        var hanging = TEST_CALLS;
        for (int i = 0; i < MIN_CALLS; i++) {
            breaking.call(FakeInstance.get()).subscribe(response -> {}, failure -> {});
        }
        instance.failLast(MIN_CALLS, FailureReason.BROKEN_OFF);
        assertThat(breaking.state()).isEqualTo(State.OPEN);
        pass(OPEN.plusMillis(1));
        begin();
        assertThat(breaking.state()).isEqualTo(State.HALF_OPEN);

        for (int i = 0; i < hanging; i++) {
            instance.fail(FailureReason.TIMED_OUT);
        }

        assertThat(breaking.state()).isEqualTo(State.HALF_OPEN);
    }

    private void openAndWait() {
        fail(MIN_CALLS, FailureReason.BROKEN_OFF);
        pass(OPEN.plusMillis(1));
    }

    private void respondAfter(Duration time, UpstreamRequest request) {
        for (int i = 0; i < MIN_CALLS; i++) {
            breaking.call(request).subscribe();
        }
        pass(time);
        for (int i = 0; i < MIN_CALLS; i++) {
            instance.respond(200);
        }
    }

    private void respond(int calls) {
        for (int i = 0; i < calls; i++) {
            begin();
            instance.respond(200);
        }
    }

    private void fail(int calls, FailureReason reason) {
        for (int i = 0; i < calls; i++) {
            begin();
            instance.fail(reason);
        }
    }

    private Disposable begin() {
        return breaking.call(FakeInstance.get())
                .onErrorResume(failure -> Mono.empty())
                .subscribe();
    }

    private void pass(Duration time) {
        nanos.addAndGet(time.toNanos());
    }
}
