package kinoteka.gateway.upstream;

import org.jspecify.annotations.Nullable;

/**
 * What happened to a call on its way to the catalogue, for logs and traces. The decorators of {@link Upstream} write it, one after the
 * other. It may be read on any thread.
 */
public final class CallRecord {

    private volatile int attempts;
    private volatile int retries;
    private volatile boolean retryBudgetExhausted;
    private volatile @Nullable UpstreamException lastFailure;

    /** Records that an instance is tried. */
    @SuppressWarnings("NonAtomicVolatileUpdate") // one attempt after the other
    public void attempted() {
        attempts++;
    }

    /** Records that an attempt failed. */
    public void failed(UpstreamException failure) {
        lastFailure = failure;
    }

    /** Records that the call is retried. */
    @SuppressWarnings("NonAtomicVolatileUpdate") // one retry after the other
    public void retried() {
        retries++;
    }

    /** Records that the call would have been retried if the retry budget had allowed it. */
    public void rejectRetry() {
        retryBudgetExhausted = true;
    }

    /**
     * The number of instances tried, each counted as often as it was tried, whether or not its circuit breaker or its concurrency limit
     * let the call pass; 0 if no call was necessary.
     */
    public int attempts() {
        return attempts;
    }

    /** The number of retries. An attempt on the next instance, because nothing was sent to the previous one, is not a retry. */
    public int retries() {
        return retries;
    }

    /** Whether the call would have been retried if the retry budget had allowed it. */
    public boolean isRetryBudgetExhausted() {
        return retryBudgetExhausted;
    }

    /** Why the last failed attempt failed; null if none did. A later attempt may have succeeded. */
    public @Nullable FailureReason lastFailure() {
        var failure = lastFailure;
        return failure == null ? null : failure.reason();
    }

    /** The URI of the instance of the last failed attempt; null if none failed. */
    public @Nullable String lastFailedInstance() {
        var failure = lastFailure;
        return failure == null ? null : failure.instance();
    }
}
