package kinoteka.gateway.console;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.List;
import java.util.PriorityQueue;
import java.util.function.LongSupplier;
import java.util.stream.Stream;
import kinoteka.gateway.request.RequestListener;
import kinoteka.gateway.request.RequestRecord;

/**
 * Remembers the last requests that failed, and the slowest ones of this minute and the one before. Thread-safe. A request that is neither costs
 * two comparisons.
 */
final class RecentRequests implements RequestListener {

    static final int REMEMBERED = 10;

    private static final long MINUTE = Duration.ofMinutes(1).toNanos();
    private static final Comparator<RequestSummary> BY_DURATION = Comparator.comparingDouble(RequestSummary::seconds);

    private final LongSupplier nanoClock;
    private final Deque<RequestSummary> failed = new ArrayDeque<>();
    private PriorityQueue<RequestSummary> slowest = new PriorityQueue<>(BY_DURATION);
    private PriorityQueue<RequestSummary> slowestBefore = new PriorityQueue<>(BY_DURATION);
    private volatile double leastSlow;
    private volatile long minuteEnd;

    RecentRequests(LongSupplier nanoClock) {
        this.nanoClock = nanoClock;
        this.minuteEnd = nanoClock.getAsLong() + MINUTE;
    }

    @Override
    public void onRequestEnded(RequestRecord request) {
        if (request.isFailed()) {
            addFailed(RequestSummary.of(request));
        }
        if (RequestSummary.seconds(request) > leastSlow || nanoClock.getAsLong() - minuteEnd > 0) {
            addSlow(RequestSummary.of(request));
        }
    }

    synchronized void addFailed(RequestSummary request) {
        failed.addFirst(request);
        if (failed.size() > REMEMBERED) {
            failed.removeLast();
        }
    }

    synchronized void addSlow(RequestSummary request) {
        startMinute();
        slowest.add(request);
        if (slowest.size() > REMEMBERED) {
            slowest.remove();
            leastSlow = slowest.element().seconds();
        }
    }

    @SuppressWarnings("NonAtomicVolatileUpdate") // only with the lock
    private void startMinute() {
        var late = nanoClock.getAsLong() - minuteEnd;
        if (late > 0) {
            slowestBefore = late > MINUTE ? new PriorityQueue<>(BY_DURATION) : slowest;
            slowest = new PriorityQueue<>(BY_DURATION);
            leastSlow = 0;
            minuteEnd += (1 + late / MINUTE) * MINUTE;
        }
    }

    /** The last failed requests, the latest first. */
    synchronized List<RequestSummary> failed() {
        return new ArrayList<>(failed);
    }

    /** The slowest requests, the slowest first. */
    synchronized List<RequestSummary> slowest() {
        startMinute();
        return Stream.concat(slowest.stream(), slowestBefore.stream())
                .sorted(BY_DURATION.reversed())
                .limit(REMEMBERED)
                .toList();
    }
}
