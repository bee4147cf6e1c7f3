package kinoteka.gateway.cache.coalescing;

import io.netty.util.concurrent.EventExecutor;
import io.netty.util.internal.ThreadExecutorMap;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import kinoteka.gateway.cache.coherence.Stamp;
import org.jspecify.annotations.Nullable;
import reactor.core.Disposable;
import reactor.core.Disposables;
import reactor.core.publisher.Mono;
import reactor.core.publisher.MonoSink;

/**
 * A call for which several requests wait. One that leaves does not affect the others; the last one that leaves cancels the call. All of
 * them get its result or its failure, each on the event loop of its own client. Thread-safe.
 */
final class Flight<R> {

    /** The answer to a request that would like to wait. */
    enum Boarding {
        WAITS,
        FULL,
        ENDED
    }

    private final Stamp stamp;
    private final int maxWaiting;
    private final Consumer<Flight<R>> onEnd;
    private final Disposable.Swap call = Disposables.swap();
    private final List<Waiting<R>> waiting = new ArrayList<>(1);
    private boolean ended;

    /**
     * Creates a flight that has not started.
     *
     * @param stamp taken before the call
     * @param onEnd called once, before the requests get the result
     */
    Flight(Stamp stamp, int maxWaiting, Consumer<Flight<R>> onEnd) {
        this.stamp = stamp;
        this.maxWaiting = maxWaiting;
        this.onEnd = onEnd;
    }

    Stamp stamp() {
        return stamp;
    }

    synchronized Boarding board(MonoSink<Landing<R>> sink) {
        if (ended) {
            return Boarding.ENDED;
        }
        if (waiting.size() >= maxWaiting) {
            return Boarding.FULL;
        }
        var one = new Waiting<>(sink, ThreadExecutorMap.currentExecutor());
        waiting.add(one);
        sink.onCancel(() -> leave(one));
        return Boarding.WAITS;
    }

    /** Starts the call, unless all requests have left already. */
    void start(Mono<R> mono) {
        call.update(mono.subscribe(
                result -> end((one, isFirst) -> one.sink.success(new Landing<>(result, isFirst))),
                failure -> end((one, isFirst) -> one.sink.error(failure)),
                () -> end((one, isFirst) -> one.sink.success(new Landing<>(null, isFirst)))));
    }

    private void leave(Waiting<R> one) {
        synchronized (this) {
            waiting.remove(one);
            if (ended || !waiting.isEmpty()) {
                return;
            }
            ended = true;
        }
        onEnd.accept(this);
        call.dispose();
    }

    private void end(BiConsumer<Waiting<R>, Boolean> notify) {
        List<Waiting<R>> all;
        synchronized (this) {
            if (ended) {
                return;
            }
            ended = true;
            all = List.copyOf(waiting);
        }
        onEnd.accept(this);
        for (var i = 0; i < all.size(); i++) {
            var one = all.get(i);
            var isFirst = i == 0;
            one.run(() -> notify.accept(one, isFirst));
        }
    }

    /**
     * A request that waits.
     *
     * @param eventLoop that of its client; null if it is not known
     */
    private record Waiting<R>(
            MonoSink<Landing<R>> sink, @Nullable EventExecutor eventLoop) {

        void run(Runnable task) {
            if (eventLoop == null || eventLoop.inEventLoop()) {
                task.run();
            } else {
                eventLoop.execute(task);
            }
        }
    }
}
