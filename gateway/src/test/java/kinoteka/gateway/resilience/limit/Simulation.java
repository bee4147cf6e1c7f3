package kinoteka.gateway.resilience.limit;

import java.util.ArrayDeque;
import java.util.Comparator;
import java.util.PriorityQueue;
import java.util.Queue;
import java.util.Random;
import java.util.function.DoubleUnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * An instance with a queue, behind a limit, in simulated time: requests arrive at random, as many as there are workers are processed at the
 * same time, and a client cancels after its timeout, while the instance goes on with the request. Times are in seconds. Each run has the
 * same random numbers.
 */
final class Simulation {

    private static final double NANOS = 1e9;

    private final Random random = new Random(1);
    private final Queue<Event> events = new PriorityQueue<>(Comparator.comparingDouble(Event::at));
    private final Queue<Call> queue = new ArrayDeque<>();
    private final int workers;
    private final DoubleUnaryOperator serviceTime;
    private final double clientTimeout;
    private final @Nullable AdaptiveLimit limit;
    private int busy;
    private int inFlight;
    private int completed;
    private int rejected;
    private int timedOut;
    private double now;

    /**
     * Creates an idle instance.
     *
     * @param serviceTime mean time to process a request, by the time
     * @param limit null if nothing is rejected
     */
    Simulation(int workers, DoubleUnaryOperator serviceTime, double clientTimeout, @Nullable AdaptiveLimit limit) {
        this.workers = workers;
        this.serviceTime = serviceTime;
        this.clientTimeout = clientTimeout;
        this.limit = limit;
    }

    /** Continues until this time, with so many requests per second, and returns what happened in this period. */
    Result runUntil(double end, double requestsPerSecond) {
        var start = now;
        completed = 0;
        rejected = 0;
        timedOut = 0;
        schedule(0, () -> arrive(end, requestsPerSecond));
        for (var event = events.peek(); event != null && event.at() < end; event = events.peek()) {
            events.remove();
            now = event.at();
            event.action().run();
        }
        now = end;
        return new Result(completed / (end - start), rejected / (end - start), timedOut / (end - start));
    }

    private void arrive(double end, double requestsPerSecond) {
        var pause = exponential(1 / requestsPerSecond);
        if (now + pause < end) {
            schedule(pause, () -> arrive(end, requestsPerSecond));
        }
        if (limit != null && inFlight >= limit.current()) {
            rejected++;
            return;
        }
        inFlight++;
        var call = new Call(now, inFlight);
        schedule(clientTimeout, () -> end(call, true));
        if (busy < workers) {
            busy++;
            process(call);
        } else {
            queue.add(call);
        }
    }

    private void process(Call call) {
        schedule(exponential(serviceTime.applyAsDouble(now)), () -> {
            end(call, false);
            var next = queue.poll();
            if (next == null) {
                busy--;
            } else {
                process(next);
            }
        });
    }

    private void end(Call call, boolean late) {
        if (call.ended) {
            return;
        }
        call.ended = true;
        inFlight--;
        if (late) {
            timedOut++;
        } else {
            completed++;
        }
        if (limit != null) {
            limit.addSample((long) ((now - call.start) * NANOS), call.inFlight, (long) (now * NANOS));
        }
    }

    private void schedule(double delay, Runnable action) {
        events.add(new Event(now + delay, action));
    }

    private double exponential(double mean) {
        return -mean * Math.log(1 - random.nextDouble());
    }

    /**
     * Requests per second.
     *
     * @param completed in time for their clients
     * @param rejected by the limit
     * @param timedOut cancelled by their clients
     */
    record Result(double completed, double rejected, double timedOut) {}

    private record Event(double at, Runnable action) {}

    private static final class Call {

        final double start;
        final int inFlight;
        boolean ended;

        Call(double start, int inFlight) {
            this.start = start;
            this.inFlight = inFlight;
        }
    }
}
