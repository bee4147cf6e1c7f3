package kinoteka.gateway.batching;

import io.netty.util.concurrent.EventExecutor;
import io.netty.util.concurrent.Future;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.function.Supplier;
import kinoteka.gateway.upstream.CallRecord;
import kinoteka.gateway.upstream.FailureReason;
import kinoteka.gateway.upstream.Upstream;
import kinoteka.gateway.upstream.UpstreamException;
import kinoteka.gateway.upstream.UpstreamResponse;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.Disposables;
import reactor.core.publisher.Mono;

/** The reads of resources of one kind by the clients of one event loop. Only used by this event loop. */
final class Gathering {

    private static final Logger LOG = LoggerFactory.getLogger(Gathering.class);
    private static final int INTERNAL_SERVER_ERROR = 500;

    private final Upstream next;
    private final BatchCall batches;
    private final Supplier<BatchingSettings> settings;
    private final Predicate<CallRecord> mayRetry;
    private final EventExecutor eventLoop;
    private final BatchMetrics metrics;
    private final Queue<Read> waiting = new ArrayDeque<>();
    private @Nullable Future<?> timer;
    private int inFlight;

    /**
     * Creates a gathering without reads.
     *
     * @param mayRetry takes one retry out of the retry budget; false if none is left
     */
    Gathering(
            Upstream next,
            BatchCall batches,
            Supplier<BatchingSettings> settings,
            Predicate<CallRecord> mayRetry,
            EventExecutor eventLoop,
            BatchMetrics metrics) {
        this.next = next;
        this.batches = batches;
        this.settings = settings;
        this.mayRetry = mayRetry;
        this.eventLoop = eventLoop;
        this.metrics = metrics;
    }

    /** Sends a read at once, or together with others if as many calls as may be are in progress. */
    void add(Read read) {
        if (maySendNow(read)) {
            sendAlone(read);
            return;
        }
        waiting.add(read);
        metrics.addWaiting(1);
        read.onCancel(() -> {
            waiting.remove(read);
            metrics.addWaiting(-1);
        });
        if (waiting.size() >= settings.get().maxSize()) {
            sendWaiting();
        } else if (timer == null) {
            timer = eventLoop.schedule(
                    this::sendWaiting, settings.get().maxWait().toNanos(), TimeUnit.NANOSECONDS);
        }
    }

    /** Cancels a read, on any thread. */
    void cancel(Read read) {
        onEventLoop(read::cancel);
    }

    private void sendWaiting() {
        if (timer != null) {
            timer.cancel(false);
            timer = null;
        }
        var reads = List.copyOf(waiting);
        waiting.clear();
        metrics.addWaiting(-reads.size());
        if (reads.size() > 1 && !batches.isPaused(reads.getFirst().request().endpoint())) {
            sendTogether(reads);
        } else {
            reads.forEach(this::sendAlone);
        }
    }

    private void sendAlone(Read read) {
        if (read.isCancelled()) {
            return;
        }
        inFlight++;
        metrics.countSingle();
        var call = Disposables.swap();
        read.onCancel(call::dispose);
        call.update(Mono.defer(() -> next.call(read.request()))
                .doFinally(end -> onEventLoop(this::onCallEnded))
                .subscribe(
                        response -> onEventLoop(() -> read.succeed(response)),
                        failure -> onEventLoop(() -> read.fail(failure))));
    }

    private void sendTogether(List<Read> reads) {
        inFlight++;
        metrics.countBatch(reads.size());
        var call = Disposables.swap();
        reads.forEach(read -> read.onCancel(() -> {
            if (reads.stream().allMatch(Read::isCancelled)) {
                call.dispose();
            }
        }));
        call.update(batches.read(reads)
                .doFinally(end -> onEventLoop(this::onCallEnded))
                .subscribe(
                        response -> onEventLoop(() -> respond(reads, response)),
                        failure -> onEventLoop(() -> fail(reads, failure))));
    }

    private void respond(List<Read> reads, BatchResponse response) {
        switch (response) {
            case BatchResponse.Found found -> forEach(reads, read -> respond(read, found));
            case BatchResponse.Failed failed -> forEach(reads, read -> respond(read, failed.response()));
            case BatchResponse.Unsupported unsupported -> forEach(reads, this::sendAlone);
        }
    }

    private void respond(Read read, BatchResponse.Found found) {
        var resource = found.find(read.id());
        if (resource == null) {
            sendAlone(read); // the catalogue responds itself to a read of what does not exist
        } else {
            read.succeed(found.headers(), resource, found.instance());
        }
    }

    /** One resource may have caused a 500. Other failures, such as a database that is away, would be the same for each read. */
    private void respond(Read read, UpstreamResponse.Complete failed) {
        if (failed.status() == INTERNAL_SERVER_ERROR) {
            retryOrElse(read, () -> read.respondAs(failed));
        } else {
            read.respondAs(failed);
        }
    }

    private void fail(List<Read> reads, Throwable failure) {
        forEach(reads, read -> {
            if (failure instanceof UpstreamException failed && failed.reason() == FailureReason.BROKEN_OFF) {
                retryOrElse(read, () -> read.fail(failure));
            } else {
                read.fail(failure);
            }
        });
    }

    /** Does this for each read, whatever happens to the others. A read for which it cannot be done fails. */
    private static void forEach(List<Read> reads, Consumer<Read> action) {
        for (var read : reads) {
            try {
                action.accept(read);
            } catch (RuntimeException | LinkageError defect) {
                LOG.error("{}: no response", read.request().endpoint(), defect);
                read.fail(defect);
            }
        }
    }

    /** Retries one of several reads whose call has failed, alone, as far as the retry budget allows. */
    private void retryOrElse(Read read, Runnable fail) {
        if (!read.isCancelled() && mayRetry.test(read.request().record())) {
            sendAlone(read);
        } else {
            fail.run();
        }
    }

    private void onCallEnded() {
        inFlight--;
        metrics.onCallEnded();
        var first = waiting.peek();
        if (first != null && maySendNow(first)) {
            sendWaiting();
        }
    }

    private boolean maySendNow(Read read) {
        return inFlight < settings.get().maxInFlight()
                || batches.isPaused(read.request().endpoint());
    }

    /** A call that was retried ends on another thread. */
    private void onEventLoop(Runnable task) {
        if (eventLoop.inEventLoop()) {
            task.run();
        } else {
            eventLoop.execute(task);
        }
    }
}
