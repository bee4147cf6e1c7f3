package kinoteka.gateway.upstream.netty.connection;

import io.netty.buffer.ByteBuf;
import io.netty.channel.EventLoop;
import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Subscription;
import reactor.core.CoreSubscriber;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Operators;

/**
 * A streamed body, for one subscriber. Its state is that of the connection's event loop; the signals of the subscriber come from any
 * thread. The connection reads only while the subscriber has asked for more than is queued.
 */
final class ResponseBody extends Flux<ByteBuf> implements Subscription {

    private final UpstreamConnection connection;
    private final EventLoop eventLoop;
    private final AtomicBoolean subscribed = new AtomicBoolean();
    private final Queue<ByteBuf> queue = new ArrayDeque<>();
    private @Nullable CoreSubscriber<? super ByteBuf> subscriber;
    private @Nullable Throwable failure;
    private long demand;
    private boolean complete;
    private boolean terminated;
    private boolean emitting;

    ResponseBody(UpstreamConnection connection, EventLoop eventLoop) {
        this.connection = connection;
        this.eventLoop = eventLoop;
    }

    @Override
    public void subscribe(CoreSubscriber<? super ByteBuf> actual) {
        if (!subscribed.compareAndSet(false, true)) {
            Operators.error(actual, new IllegalStateException("the body of a response has one subscriber"));
            return;
        }
        actual.onSubscribe(this);
        onEventLoop(() -> {
            subscriber = actual;
            emit();
        });
    }

    @Override
    public void request(long n) {
        if (Operators.validate(n)) {
            onEventLoop(() -> {
                demand = Operators.addCap(demand, n);
                emit();
            });
        }
    }

    /** Gives up the body: what is queued is released, and the connection closed unless the body has arrived. */
    @Override
    public void cancel() {
        onEventLoop(() -> {
            if (!terminated) {
                terminated = true;
                release();
                connection.giveUp(this);
            }
        });
    }

    /** Takes over the buffer. */
    void onData(ByteBuf buffer) {
        if (terminated) {
            buffer.release();
        } else {
            queue.add(buffer);
            emit();
        }
    }

    void onComplete() {
        complete = true;
        emit();
    }

    /** The subscriber receives what is queued first. */
    void onFailure(Throwable broken) {
        failure = broken;
        onComplete();
    }

    /** Ends at once: the subscriber takes nothing, so that what is queued would wait for ever. */
    void abort(Throwable cause) {
        release();
        onFailure(cause);
    }

    /** Whether the connection should read on. */
    boolean wantsMore() {
        return demand > 0 && queue.isEmpty() && subscriber != null && !terminated;
    }

    private void emit() {
        var receiver = subscriber;
        if (receiver == null || emitting || terminated) {
            return;
        }
        emitting = true; // the subscriber asks for more while it receives
        while (demand > 0 && !queue.isEmpty() && !terminated) {
            if (demand != Long.MAX_VALUE) {
                demand--;
            }
            receiver.onNext(queue.remove());
        }
        emitting = false;
        if (terminated) {
            release();
        } else if (complete && queue.isEmpty()) {
            terminated = true;
            end(receiver);
        } else if (!complete && wantsMore()) {
            connection.read();
        }
    }

    private void end(CoreSubscriber<? super ByteBuf> receiver) {
        if (failure == null) {
            receiver.onComplete();
        } else {
            receiver.onError(failure);
        }
    }

    private void release() {
        for (var buffer = queue.poll(); buffer != null; buffer = queue.poll()) {
            buffer.release();
        }
    }

    private void onEventLoop(Runnable task) {
        if (eventLoop.inEventLoop()) {
            task.run();
        } else {
            eventLoop.execute(task);
        }
    }
}
