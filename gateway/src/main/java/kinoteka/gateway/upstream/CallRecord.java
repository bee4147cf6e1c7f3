package kinoteka.gateway.upstream;

import java.util.ArrayList;
import java.util.List;
import kinoteka.gateway.trace.Trace;
import kinoteka.tracing.TraceIds;
import org.jspecify.annotations.Nullable;

/**
 * What happened to a call on its way to the catalogue, for logs and traces. The decorators of {@link Upstream} write it, one after the
 * other. It may be read on any thread.
 */
public final class CallRecord {

    private final @Nullable Trace trace;
    private final boolean isOfSeveral;
    private volatile @Nullable CallRecord joint;
    private volatile int attempts;
    private volatile int retries;
    private volatile boolean retryBudgetExhausted;
    private volatile @Nullable UpstreamException lastFailure;
    private volatile @Nullable String cacheStatus;
    private volatile List<Attempt> recorded = List.of();

    /** Creates the record of a call of which no spans are recorded. */
    public CallRecord() {
        this(null);
    }

    /**
     * Creates the record of a call.
     *
     * @param trace the trace to which its spans belong; null if none are recorded
     */
    public CallRecord(@Nullable Trace trace) {
        this(trace, false);
    }

    private CallRecord(@Nullable Trace trace, boolean isOfSeveral) {
        this.trace = trace;
        this.isOfSeveral = isOfSeveral;
    }

    /** Creates the record of a call for several requests, which {@link #join} it. */
    public static CallRecord ofSeveral() {
        return new CallRecord(null, true);
    }

    /** Whether the call is for several requests, each of which can be sent alone if it fails. */
    public boolean isOfSeveral() {
        return isOfSeveral;
    }

    /** Records that the request is sent together with others, which may happen once. What happens to their call has happened to each of them. */
    public void join(CallRecord callOfSeveral) {
        joint = callOfSeveral;
    }

    /** The trace to which the spans of this call belong; null if none are recorded. */
    public @Nullable Trace trace() {
        return trace;
    }

    /** Begins an attempt whose span is recorded in this trace, and which is the parent of the spans of the instance. */
    public Attempt begin(String instance) {
        var attempt = new Attempt(TraceIds.span(), instance, System.nanoTime());
        var all = new ArrayList<>(recorded);
        all.add(attempt);
        recorded = List.copyOf(all); // one attempt after the other
        return attempt;
    }

    /** The attempts whose spans are recorded, in their order. */
    public List<Attempt> recorded() {
        return recorded;
    }

    /** Records that an instance is tried. */
    @SuppressWarnings("NonAtomicVolatileUpdate") // one attempt after the other
    public void attempted() {
        attempts++;
    }

    /** Records that an attempt failed. */
    public void failed(UpstreamException failure) {
        lastFailure = failure;
    }

    /** Records what the cache did with the request, as a value of the metric label {@code result}. */
    public void cacheStatus(String status) {
        cacheStatus = status;
    }

    /** What the cache did with the request; null if the response could not have come from it. */
    public @Nullable String cacheStatus() {
        return cacheStatus;
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
        var several = joint;
        return several == null ? attempts : several.attempts() + attempts;
    }

    /** The number of retries. An attempt on the next instance, because nothing was sent to the previous one, is not a retry. */
    public int retries() {
        var several = joint;
        return several == null ? retries : several.retries() + retries;
    }

    /** Whether the call would have been retried if the retry budget had allowed it. */
    public boolean isRetryBudgetExhausted() {
        var several = joint;
        return retryBudgetExhausted || (several != null && several.isRetryBudgetExhausted());
    }

    /** Why the last failed attempt failed; null if none did. A later attempt may have succeeded. */
    public @Nullable FailureReason lastFailure() {
        var failure = failure();
        return failure == null ? null : failure.reason();
    }

    /** The URI of the instance of the last failed attempt; null if none failed. */
    public @Nullable String lastFailedInstance() {
        var failure = failure();
        return failure == null ? null : failure.instance();
    }

    private @Nullable UpstreamException failure() {
        var several = joint;
        var failure = lastFailure;
        return failure == null && several != null ? several.failure() : failure;
    }

    /** One attempt of a call whose spans are recorded. Written by one thread at a time; may be read on any thread. */
    public static final class Attempt {

        private final String spanId;
        private final String instance;
        private final long start;
        private volatile @Nullable Result result;

        private Attempt(String spanId, String instance, long start) {
            this.spanId = spanId;
            this.instance = instance;
            this.start = start;
        }

        /**
         * Records that the attempt has ended, unless it already has.
         *
         * @param status of the response; 0 if there is none
         * @param failure why there is no response; null if there is one, and if the call was cancelled
         */
        public void end(int status, @Nullable FailureReason failure) {
            if (result == null) {
                result = new Result(System.nanoTime(), status, failure);
            }
        }

        public String spanId() {
            return spanId;
        }

        /** The URI of the instance. */
        public String instance() {
            return instance;
        }

        /** When it began, in nanoseconds of {@link System#nanoTime}. */
        public long start() {
            return start;
        }

        /** How it has ended; null if it has not. */
        public @Nullable Result result() {
            return result;
        }

        /**
         * How an attempt has ended.
         *
         * @param end when the headers of the response arrived or the attempt failed, in nanoseconds of {@link System#nanoTime}
         * @param status of the response; 0 if there is none
         */
        public record Result(long end, int status, @Nullable FailureReason failure) {}
    }
}
