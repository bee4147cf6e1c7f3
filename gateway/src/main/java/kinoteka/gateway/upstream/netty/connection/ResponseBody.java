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
 * A streamed body, for a single subscriber. Its state belongs to the event loop of the connection; the subscriber may use any thread. The
 * connection reads only while the subscriber has requested more than is queued.
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
            Operators.error(actual, new IllegalStateException("a response body allows only one subscriber"));
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

    /** Discards the body: releases the queued buffers, and closes the connection unless the whole body has been received. */
    @Override
    public void cancel() {
        onEventLoop(() -> {
            if (!terminated) {
                terminated = true;
                release();
                connection.cancel(this);
            }
        });
    }

    /** Takes ownership of the buffer. */
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

    /** Fails the body after the queued buffers have been received. */
    void onFailure(Throwable broken) {
        failure = broken;
        onComplete();
    }

    /** Fails the body at once and releases the queued buffers, because the subscriber requests none of them. */
    void abort(Throwable cause) {
        release();
        onFailure(cause);
    }

    /** Whether the subscriber has requested more than has been received. */
    boolean hasDemand() {
        return demand > 0 && queue.isEmpty() && subscriber != null && !terminated;
    }

    private void emit() {
        var receiver = subscriber;
        if (receiver == null || emitting || terminated) {
            return;
        }
        emitting = true; // the subscriber may request more during onNext()
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
        } else if (!complete && hasDemand()) {
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
