package kinoteka.gateway.upstream.netty.connection;

import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.handler.codec.http.DefaultHttpContent;
import io.netty.handler.codec.http.LastHttpContent;
import org.reactivestreams.Subscription;
import reactor.core.publisher.BaseSubscriber;

/** Sends a streamed request body with backpressure: requests the next buffer when the previous one has been written. */
final class RequestBodyWriter extends BaseSubscriber<ByteBuf> {

    private final UpstreamConnection connection;
    private final Channel channel;

    RequestBodyWriter(UpstreamConnection connection, Channel channel) {
        this.connection = connection;
        this.channel = channel;
    }

    @Override
    protected void hookOnSubscribe(Subscription subscription) {
        subscription.request(1);
    }

    @Override
    protected void hookOnNext(ByteBuf buffer) {
        onEventLoop(() -> write(buffer));
    }

    @SuppressWarnings("FutureReturnValueIgnored") // handled by its listener
    private void write(ByteBuf buffer) {
        var writing = channel.writeAndFlush(new DefaultHttpContent(buffer));
        if (!writing.isDone()) {
            connection.onRequestBlocked(this);
        }
        writing.addListener(written -> {
            if (written.isSuccess()) {
                connection.onRequestContinued(this);
                request(1);
            } else {
                cancel(); // the connection is closed, which ends the call
            }
        });
    }

    @Override
    @SuppressWarnings("FutureReturnValueIgnored") // failures of a void promise arrive in exceptionCaught()
    protected void hookOnComplete() {
        onEventLoop(() -> {
            channel.writeAndFlush(LastHttpContent.EMPTY_LAST_CONTENT, channel.voidPromise());
            connection.onRequestSent(this);
        });
    }

    @Override
    protected void hookOnError(Throwable failure) {
        onEventLoop(() -> connection.onRequestFailure(this, failure));
    }

    private void onEventLoop(Runnable task) {
        if (channel.eventLoop().inEventLoop()) {
            task.run();
        } else {
            channel.eventLoop().execute(task);
        }
    }
}
