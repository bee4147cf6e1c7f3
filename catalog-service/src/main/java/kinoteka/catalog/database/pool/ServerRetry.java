package kinoteka.catalog.database.pool;

import java.time.Duration;
import java.util.function.BooleanSupplier;
import java.util.function.LongSupplier;
import reactor.core.publisher.Mono;
import reactor.util.retry.Retry;

/** Repeats work that was certainly not done because its server was lost, until another server does it or the time is over. */
public final class ServerRetry {

    private static final Duration PAUSE = Duration.ofMillis(100);

    private final Duration timeLimit;
    private final ConnectionRetirement retirement;
    private final LongSupplier nanoTime;

    /**
     * Creates a rule for retries.
     *
     * @param timeLimit after which work is not repeated any more, from its beginning
     * @param retirement is notified of each lost server
     * @param nanoTime nanoseconds from an arbitrary origin
     */
    public ServerRetry(Duration timeLimit, ConnectionRetirement retirement, LongSupplier nanoTime) {
        this.timeLimit = timeLimit;
        this.retirement = retirement;
        this.nanoTime = nanoTime;
    }

    /** Returns this work, which is repeated as a whole. */
    <T> Mono<T> retry(Mono<T> work) {
        return retry(work, () -> true);
    }

    /**
     * Returns this work, which is repeated as a whole.
     *
     * @param prepare undoes what the work has begun; false if that is not possible
     */
    public <T> Mono<T> retry(Mono<T> work, BooleanSupplier prepare) {
        return Mono.defer(() -> {
            var from = nanoTime.getAsLong();
            return work.doOnError(retirement::onFailure)
                    .retryWhen(Retry.from(failures ->
                            failures.concatMap(signal -> mayRepeat(signal.failure(), from) && prepare.getAsBoolean()
                                    ? Mono.delay(PAUSE)
                                    : Mono.error(signal.failure()))));
        });
    }

    private boolean mayRepeat(Throwable failure, long from) {
        return ServerLoss.isCauseOf(failure) && nanoTime.getAsLong() - from < timeLimit.toNanos();
    }
}
