package kinoteka.gateway.upstream;

import org.jspecify.annotations.Nullable;

/** One attempt of a call whose spans are recorded. Written by one thread at a time; may be read on any thread. */
public final class CallAttempt {

    private final String spanId;
    private final String instance;
    private final long start;
    private volatile @Nullable Result result;

    CallAttempt(String spanId, String instance, long start) {
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
