package kinoteka.gateway.resilience.retry;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.handler.codec.http.EmptyHttpHeaders;
import io.netty.handler.codec.http.HttpMethod;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Queue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import kinoteka.gateway.testing.FakeInstance;
import kinoteka.gateway.upstream.CallRecord;
import kinoteka.gateway.upstream.FailureReason;
import kinoteka.gateway.upstream.PoolName;
import kinoteka.gateway.upstream.UpstreamException;
import kinoteka.gateway.upstream.UpstreamRequest;
import kinoteka.gateway.upstream.UpstreamRequest.Body;
import kinoteka.gateway.upstream.UpstreamResponse;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.test.StepVerifier;

class RetryingTest {

    private static final UpstreamResponse RESPONSE =
            new UpstreamResponse.Complete(200, EmptyHttpHeaders.INSTANCE, "http://a", new byte[0]);
    private static final Body STREAMED = new Body.Streamed(-1, Flux.never());

    private final AtomicLong nanos = new AtomicLong();
    private final AtomicInteger sent = new AtomicInteger();
    private final Queue<FailureReason> failures = new ArrayDeque<>();
    private double budgetRatio = 1;
    private double random;

    @Test
    void aRequestThatNoInstanceReceivedIsRetriedWhateverItsMethod() {
        fail(FailureReason.UNREACHABLE);

        assertSucceeds(request(HttpMethod.POST, new Body.Complete(new byte[1])));
        assertThat(sent).hasValue(2);
    }

    /** Its body has not been read. */
    @Test
    void aRequestWithAStreamedBodyThatNoInstanceReceivedIsRetried() {
        fail(FailureReason.UNREACHABLE);

        assertSucceeds(request(HttpMethod.POST, STREAMED));
        assertThat(sent).hasValue(2);
    }

    @Test
    void aSafeRequestWithoutAResponseIsRetried() {
        fail(FailureReason.BROKEN_OFF);
        var request = FakeInstance.get();

        assertSucceeds(request);
        assertThat(sent).hasValue(2);
        assertThat(request.record().retries()).isOne();
    }

    @Test
    void anUnsafeRequestThatMayHaveBeenProcessedIsNotRetried() {
        fail(FailureReason.BROKEN_OFF);

        assertFails(request(HttpMethod.DELETE, Body.NONE), FailureReason.BROKEN_OFF);
        assertThat(sent).hasValue(1);
    }

    @Test
    void aStreamedBodyIsNotSentTwice() {
        fail(FailureReason.BROKEN_OFF);

        assertFails(request(HttpMethod.OPTIONS, STREAMED), FailureReason.BROKEN_OFF);
        assertThat(sent).hasValue(1);
    }

    @ParameterizedTest
    @EnumSource(names = {"TIMED_OUT", "POOL_EXHAUSTED", "OVERLOADED", "BREAKER_OPEN"})
    void aTimeoutAndALimitOfTheGatewayAreNotRetried(FailureReason reason) {
        fail(reason);

        assertFails(FakeInstance.get(), reason);
        assertThat(sent).hasValue(1);
    }

    @Test
    void theLastFailureIsReportedAfterTheMaximumOfRetries() {
        fail(FailureReason.UNREACHABLE, FailureReason.UNREACHABLE, FailureReason.BROKEN_OFF, FailureReason.UNREACHABLE);

        assertFails(FakeInstance.get(), FailureReason.BROKEN_OFF);
        assertThat(sent).hasValue(3);
    }

    @Test
    void retriesTogetherWithOthersCount() {
        var retrying = retrying();
        StepVerifier.create(retrying.call(FakeInstance.get()))
                .expectNext(RESPONSE)
                .verifyComplete();
        fail(FailureReason.BROKEN_OFF, FailureReason.BROKEN_OFF, FailureReason.BROKEN_OFF);
        var several = CallRecord.ofSeveral();
        several.retried();
        var request = FakeInstance.get();
        request.record().join(several);

        StepVerifier.create(retrying.call(request)).verifyError(UpstreamException.class);
        assertThat(sent).hasValue(3);
        assertThat(request.record().retries()).isEqualTo(2);
    }

    @Test
    void theLastRetryOfACallForSeveralRequestsIsLeftToEachOfThem() {
        fail(FailureReason.BROKEN_OFF, FailureReason.BROKEN_OFF, FailureReason.BROKEN_OFF);

        assertFails(ofSeveral(), FailureReason.BROKEN_OFF);
        assertThat(sent).hasValue(2);
    }

    @Test
    void aCallForSeveralRequestsThatNoInstanceReceivedIsRetriedAsOften() {
        fail(FailureReason.UNREACHABLE, FailureReason.UNREACHABLE, FailureReason.UNREACHABLE);

        assertFails(ofSeveral(), FailureReason.UNREACHABLE);
        assertThat(sent).hasValue(3);
    }

    @Test
    void aRequestIsNotRetriedAfterTheTimeLimit() {
        fail(FailureReason.BROKEN_OFF);
        var late = new Retrying(
                this::send,
                this::settings,
                budget(),
                () -> nanos.getAndAdd(Duration.ofMillis(1001).toNanos()),
                () -> random,
                metrics());
        StepVerifier.create(late.call(FakeInstance.get())).verifyError(UpstreamException.class);
        assertThat(sent).hasValue(1);
    }

    @Test
    void thePauseIsRandomAndDoubled() {
        fail(FailureReason.UNREACHABLE, FailureReason.UNREACHABLE);
        random = 1;

        StepVerifier.withVirtualTime(() -> retrying().call(FakeInstance.get()))
                .expectSubscription()
                .expectNoEvent(Duration.ofMillis(29))
                .thenAwait(Duration.ofMillis(1))
                .expectNext(RESPONSE)
                .verifyComplete();
    }

    @Test
    void anExhaustedBudgetReportsTheFailureAsItIs() {
        budgetRatio = 0;
        fail(FailureReason.UNREACHABLE);
        var request = FakeInstance.get();
        var registry = new PrometheusRegistry();
        var retrying = new Retrying(
                this::send, this::settings, budget(), nanos::get, () -> random, new RetryMetrics(registry));

        StepVerifier.create(retrying.call(request))
                .verifyErrorSatisfies(failure ->
                        assertThat(((UpstreamException) failure).reason()).isEqualTo(FailureReason.UNREACHABLE));

        assertThat(sent).hasValue(1);
        assertThat(request.record().isRetryBudgetExhausted()).isTrue();
        assertThat(request.record().retries()).isZero();
    }

    private void fail(FailureReason... reasons) {
        failures.addAll(Arrays.asList(reasons));
    }

    private void assertSucceeds(UpstreamRequest request) {
        StepVerifier.create(retrying().call(request)).expectNext(RESPONSE).verifyComplete();
    }

    private void assertFails(UpstreamRequest request, FailureReason reason) {
        StepVerifier.create(retrying().call(request))
                .verifyErrorSatisfies(failure ->
                        assertThat(((UpstreamException) failure).reason()).isEqualTo(reason));
    }

    private Retrying retrying() {
        return new Retrying(this::send, this::settings, budget(), nanos::get, () -> random, metrics());
    }

    private RetrySettings settings() {
        return new RetrySettings(true, 2, Duration.ofMillis(10), Duration.ofSeconds(1), budgetRatio, 0);
    }

    private RetryBudget budget() {
        return new RetryBudget(budgetRatio * 10, 0, nanos::get);
    }

    private static RetryMetrics metrics() {
        return new RetryMetrics(new PrometheusRegistry());
    }

    private Mono<UpstreamResponse> send(UpstreamRequest request) {
        return Mono.defer(() -> {
            sent.incrementAndGet();
            var reason = failures.poll();
            return reason == null
                    ? Mono.just(RESPONSE)
                    : Mono.error(new UpstreamException(reason, "http://a", "as the test says"));
        });
    }

    private static UpstreamRequest ofSeveral() {
        var one = FakeInstance.get();
        return new UpstreamRequest(
                one.endpoint(),
                one.method(),
                one.target(),
                one.headers(),
                one.body(),
                one.pool(),
                CallRecord.ofSeveral());
    }

    private static UpstreamRequest request(HttpMethod method, Body body) {
        return FakeInstance.request(method, PoolName.REQUESTS, body);
    }
}
