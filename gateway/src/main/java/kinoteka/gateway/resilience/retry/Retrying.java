package kinoteka.gateway.resilience.retry;

import java.time.Duration;
import java.util.function.DoubleSupplier;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import kinoteka.gateway.upstream.CallRecord;
import kinoteka.gateway.upstream.FailureReason;
import kinoteka.gateway.upstream.Upstream;
import kinoteka.gateway.upstream.UpstreamException;
import kinoteka.gateway.upstream.UpstreamRequest;
import kinoteka.gateway.upstream.UpstreamRequest.Body;
import kinoteka.gateway.upstream.UpstreamResponse;
import reactor.core.publisher.Mono;

/**
 * Retries requests that no instance received, whatever their method, and safe requests whose connection was closed before the response. The
 * client has received nothing then. If the budget is exhausted, the failure is reported as it is. What a request has been retried before,
 * together with others, counts.
 */
final class Retrying implements Upstream {

    private final Upstream next;
    private final Supplier<RetrySettings> settings;
    private final RetryBudget budget;
    private final LongSupplier nanoClock;
    private final DoubleSupplier random;
    private final RetryMetrics metrics;

    /**
     * Creates a decorator.
     *
     * @param nanoClock nanoseconds since an arbitrary fixed time
     * @param random numbers from 0 to 1
     */
    Retrying(
            Upstream next,
            Supplier<RetrySettings> settings,
            RetryBudget budget,
            LongSupplier nanoClock,
            DoubleSupplier random,
            RetryMetrics metrics) {
        this.next = next;
        this.settings = settings;
        this.budget = budget;
        this.nanoClock = nanoClock;
        this.random = random;
        this.metrics = metrics;
    }

    @Override
    public Mono<UpstreamResponse> call(UpstreamRequest request) {
        return Mono.defer(() -> {
            var retries = request.record().retries();
            if (retries == 0) {
                budget.addCall();
            }
            return attempt(request, settings.get(), retries, nanoClock.getAsLong());
        });
    }

    private Mono<UpstreamResponse> attempt(UpstreamRequest request, RetrySettings limits, int retries, long start) {
        return next.call(request)
                .onErrorResume(UpstreamException.class, failure -> retry(request, limits, retries, start, failure));
    }

    private Mono<UpstreamResponse> retry(
            UpstreamRequest request, RetrySettings limits, int retries, long start, UpstreamException failure) {
        if (retries >= maxRetries(request, limits, failure.reason())
                || !maySendAgain(request, failure.reason())
                || nanoClock.getAsLong() - start > limits.timeLimit().toNanos()) {
            return Mono.error(failure);
        }
        return tryRetry(budget, metrics, request.record(), failure.reason())
                ? Mono.delay(pause(limits, retries)).then(attempt(request, limits, retries + 1, start))
                : Mono.error(failure);
    }

    /** Takes one retry out of the budget, and records and counts that, or that none is left. */
    static boolean tryRetry(RetryBudget budget, RetryMetrics metrics, CallRecord call, FailureReason reason) {
        if (!budget.tryRetry()) {
            call.rejectRetry();
            metrics.countExhausted();
            return false;
        }
        call.retried();
        metrics.countRetry(reason);
        return true;
    }

    /** The last retry of a call for several requests is left to each of them alone, because one of them may be the reason for the failure. */
    private static int maxRetries(UpstreamRequest request, RetrySettings limits, FailureReason reason) {
        return request.record().isOfSeveral() && reason == FailureReason.BROKEN_OFF
                ? limits.maxRetries() - 1
                : limits.maxRetries();
    }

    private static boolean maySendAgain(UpstreamRequest request, FailureReason reason) {
        return isRetried(reason)
                && (reason.isNeverSent() || (request.isSafe() && request.body() instanceof Body.Complete));
    }

    /**
     * Whether a retry has a chance. After a timeout the client has already waited for as long as a response may take. The limits of the
     * gateway reject requests at once instead of letting them wait, and a retry would be such a wait.
     */
    static boolean isRetried(FailureReason reason) {
        return switch (reason) {
            case UNREACHABLE, BROKEN_OFF -> true;
            case TIMED_OUT, POOL_EXHAUSTED, OVERLOADED, BREAKER_OPEN -> false;
        };
    }

    /** Exponential backoff with full jitter, so that the requests that failed together are not repeated together. */
    private Duration pause(RetrySettings limits, int retries) {
        return Duration.ofNanos((long) (random.getAsDouble() * (limits.backoff().toNanos() << retries)));
    }
}
