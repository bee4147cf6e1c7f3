package kinoteka.gateway.upstream.netty.connection;

import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.codec.http.DefaultFullHttpRequest;
import io.netty.handler.codec.http.DefaultHttpRequest;
import io.netty.handler.codec.http.EmptyHttpHeaders;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaderValues;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpObject;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpStatusClass;
import io.netty.handler.codec.http.HttpUtil;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.util.ReferenceCountUtil;
import java.util.Objects;
import kinoteka.gateway.problem.ClientDisconnected;
import kinoteka.gateway.upstream.FailureReason;
import kinoteka.gateway.upstream.UpstreamException;
import kinoteka.gateway.upstream.UpstreamRequest.Body;
import kinoteka.gateway.upstream.UpstreamResponse;
import org.jspecify.annotations.Nullable;

/**
 * One connection to an instance, which serves one call at a time. It goes back to its pool only when the response has arrived and nothing
 * follows it: whatever arrives without having been asked for could be taken for the response to another client, and closes the
 * connection. Used on its event loop, except for {@link #giveUp(Call)}.
 */
public final class UpstreamConnection extends ChannelInboundHandlerAdapter {

    private enum State {
        IDLE,
        /** The request is being sent or has been; no final response has begun. */
        AWAITING_HEAD,
        READING_SHORT,
        STREAMING,
        /** The response has arrived; the read in which it came goes on. */
        RESPONDED,
        CLOSED
    }

    private static final long NEVER = Long.MAX_VALUE;

    private final ConnectionOwner owner;
    private final Channel channel;
    private final ResponseDecoder decoder;
    private final TimeLimits limits;
    private final String instance;

    private State state = State.IDLE;
    private @Nullable Call call;
    private @Nullable RequestBodyWriter writer;
    private @Nullable ResponseBody streamed;
    private @Nullable HttpResponse head;
    private @Nullable ShortBody shortBody;
    private boolean interim;
    private boolean reusable;
    private boolean hasServed;
    private long limit = NEVER;
    private long limitSince;
    private String closeCause = "closed by the instance";

    private UpstreamConnection(
            ConnectionOwner owner, Channel channel, ResponseDecoder decoder, TimeLimits limits, String instance) {
        this.owner = owner;
        this.channel = channel;
        this.decoder = decoder;
        this.limits = limits;
        this.instance = instance;
    }

    /**
     * Speaks HTTP on a new connection, which is idle then.
     *
     * @param channel open, with TLS in its pipeline or with nothing
     * @param instance URI of the instance
     * @param authority value of the {@code Host} header
     */
    public static UpstreamConnection open(
            ConnectionOwner owner, Channel channel, TimeLimits limits, String instance, String authority) {
        var decoder = new ResponseDecoder();
        var connection = new UpstreamConnection(owner, channel, decoder, limits, instance);
        channel.pipeline().addLast(new RequestEncoder(authority), decoder, connection);
        return connection;
    }

    /** Whether a request may be sent on it. */
    public boolean isOpen() {
        return state != State.CLOSED && channel.isActive();
    }

    /** Sends a request. The connection must be idle. */
    @SuppressWarnings(
            "FutureReturnValueIgnored") // a void promise: its failure is caught as an exception of the channel
    public void send(Call next) {
        if (!next.assignTo(this)) {
            owner.release(this);
            return;
        }
        call = next;
        state = State.AWAITING_HEAD;
        interim = false;
        reusable = true;
        head = null;
        var request = next.request();
        decoder.expectResponseTo(request.method());
        switch (request.body()) {
            case Body.Complete complete -> {
                var message = new DefaultFullHttpRequest(
                        HttpVersion.HTTP_1_1,
                        request.method(),
                        request.target(),
                        Unpooled.wrappedBuffer(complete.bytes()),
                        framed(request.headers(), request.method(), complete.bytes().length),
                        EmptyHttpHeaders.INSTANCE);
                limit(limits.response());
                channel.writeAndFlush(message, channel.voidPromise());
            }
            case Body.Streamed body -> {
                limit(NEVER); // the client's body has a limit of its own
                channel.write(
                        new DefaultHttpRequest(
                                HttpVersion.HTTP_1_1,
                                request.method(),
                                request.target(),
                                framed(request.headers(), request.method(), body.length())),
                        channel.voidPromise());
                var sending = new RequestBodyWriter(this, channel);
                writer = sending;
                body.bytes().subscribe(sending);
            }
        }
    }

    private static HttpHeaders framed(HttpHeaders headers, HttpMethod method, long length) {
        if (length < 0) {
            return headers.copy().set(HttpHeaderNames.TRANSFER_ENCODING, HttpHeaderValues.CHUNKED);
        }
        var hasBody = length > 0
                || method.equals(HttpMethod.POST)
                || method.equals(HttpMethod.PUT)
                || method.equals(HttpMethod.PATCH);
        return hasBody ? headers.copy().set(HttpHeaderNames.CONTENT_LENGTH, length) : headers;
    }

    /** The whole of a streamed request body has been sent. */
    void onRequestSent(RequestBodyWriter sent) {
        if (writer == sent) {
            writer = null;
            if (state == State.AWAITING_HEAD) {
                limit(limits.response());
            }
        }
    }

    /** The body of the request failed: what was sent of it is no request. */
    void onRequestFailure(RequestBodyWriter failed, Throwable failure) {
        if (writer == failed) {
            writer = null;
            end(failure);
            shut();
        }
    }

    @Override
    public void channelRead(ChannelHandlerContext ctx, Object message) {
        try {
            if (state == State.CLOSED) {
                return; // decoded from the same bytes as what closed it
            }
            if (((HttpObject) message).decoderResult().isFailure()) {
                close("not valid HTTP: "
                        + ((HttpObject) message).decoderResult().cause());
            } else if (state == State.IDLE || state == State.RESPONDED) {
                owner.onUnsolicitedData();
                close("data that was not asked for");
            } else if (message instanceof HttpResponse response) {
                onHead(response);
            } else if (message instanceof HttpContent content) {
                onContent(content);
            }
            if (message instanceof LastHttpContent) {
                onEnd();
            }
        } finally {
            ReferenceCountUtil.release(message);
        }
    }

    private void onHead(HttpResponse response) {
        if (response.status().equals(HttpResponseStatus.SWITCHING_PROTOCOLS)) {
            close("another protocol that was not asked for");
        } else if (response.status().codeClass() == HttpStatusClass.INFORMATIONAL) {
            interim = true; // the final response follows (RFC 9110, 15.2)
        } else if (head != null) {
            close("a second response");
        } else {
            head = response;
            reusable = HttpUtil.isKeepAlive(response);
            var calling = Objects.requireNonNull(call, "call");
            var length = ShortResponses.length(calling.request().method(), response);
            if (length >= 0) {
                state = State.READING_SHORT;
                shortBody = new ShortBody(length);
                limit(limits.response());
            } else {
                state = State.STREAMING;
                var body = new ResponseBody(this, channel.eventLoop());
                streamed = body;
                limit(limits.streamIdle());
                channel.config().setAutoRead(false);
                calling.succeed(new UpstreamResponse.Streamed(
                        response.status().code(), response.headers(), instance, body, body::cancel));
            }
        }
    }

    private void onContent(HttpContent content) {
        var bytes = content.content();
        if (state == State.STREAMING && streamed != null) {
            limitSince = System.nanoTime();
            if (bytes.isReadable()) {
                streamed.onData(bytes.retain());
            }
        } else if (state == State.READING_SHORT && shortBody != null) {
            limitSince = System.nanoTime();
            shortBody.append(bytes);
        }
    }

    private void onEnd() {
        if (interim) {
            interim = false;
            return;
        }
        if (state != State.READING_SHORT && state != State.STREAMING) {
            return;
        }
        var wasStreaming = state == State.STREAMING;
        state = State.RESPONDED;
        limit(NEVER);
        if (writer != null) { // the response came before the end of the request, whose rest would be read as another
            writer.cancel();
            writer = null;
            reusable = false;
        }
        var calling = Objects.requireNonNull(call, "call");
        call = null;
        if (wasStreaming) {
            var body = Objects.requireNonNull(streamed, "body");
            streamed = null;
            channel.config().setAutoRead(true); // to see the instance close the connection
            body.onComplete();
        } else {
            var response = Objects.requireNonNull(head, "head");
            var body = Objects.requireNonNull(shortBody, "body").bytes();
            shortBody = null;
            calling.succeed(
                    new UpstreamResponse.Complete(response.status().code(), response.headers(), instance, body));
        }
    }

    @Override
    public void channelReadComplete(ChannelHandlerContext ctx) {
        if (state == State.RESPONDED) {
            if (reusable && !decoder.hasUndecodedBytes()) {
                state = State.IDLE;
                hasServed = true;
                owner.release(this);
            } else {
                close("not reusable");
            }
        } else if (state == State.IDLE && decoder.hasUndecodedBytes()) {
            owner.onUnsolicitedData();
            close("data that was not asked for");
        } else if (state == State.STREAMING && streamed != null && streamed.wantsMore()) {
            channel.read();
        }
    }

    /** Reads on, for a streamed body. */
    void read() {
        if (state == State.STREAMING) {
            channel.read();
        }
    }

    @Override
    public void channelInactive(ChannelHandlerContext ctx) {
        var wasUnanswered = state == State.AWAITING_HEAD && !interim;
        var calling = call;
        if (wasUnanswered && hasServed && calling != null && calling.maySendAgain()) {
            call = null;
            state = State.CLOSED;
            owner.onClosed(this);
            owner.sendAgain(calling);
            return;
        }
        end(failure(FailureReason.BROKEN_OFF));
        state = State.CLOSED;
        owner.onClosed(this);
    }

    @Override
    @SuppressWarnings("FutureReturnValueIgnored") // becoming inactive tells
    public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
        closeCause = cause.toString();
        channel.close(); // which ends the call
    }

    /** Ends the call if it is still this connection's; from any thread. */
    void giveUp(Call cancelled) {
        channel.eventLoop().execute(() -> {
            cancelled.discardResponse();
            if (call == cancelled) {
                abandon();
            }
        });
    }

    /** Ends the call whose response has this body. */
    void giveUp(ResponseBody cancelled) {
        if (streamed == cancelled) {
            abandon();
        }
    }

    private void abandon() {
        call = null;
        streamed = null;
        if (writer != null) {
            writer.cancel();
            writer = null;
        }
        shut();
    }

    /** Closes the connection if the time of what it is doing is over. */
    public void checkTime(long now) {
        if (limit == NEVER || now - limitSince < limit) {
            return;
        }
        var body = streamed;
        if (body != null && !body.wantsMore()) {
            abandon();
            body.abort(new ClientDisconnected()); // or as good as that: it takes nothing
        } else {
            if (state != State.IDLE) {
                end(failure(FailureReason.TIMED_OUT));
            }
            shut();
        }
    }

    /** Closes the connection, and ends its call if it has one. */
    public void closeNow() {
        close("the gateway stops");
    }

    /** The connection has gone back to its pool. */
    public void onReleased() {
        limit(limits.idle());
    }

    private void limit(long nanos) {
        limit = nanos;
        limitSince = nanos == NEVER ? 0 : System.nanoTime();
    }

    /** Ends the call with a failure, if there is one. */
    private void end(Throwable failure) {
        var calling = call;
        var body = streamed;
        call = null;
        streamed = null;
        if (writer != null) {
            writer.cancel();
            writer = null;
        }
        if (body != null) {
            body.onFailure(failure);
        } else if (calling != null) {
            calling.fail(failure);
        }
    }

    private UpstreamException failure(FailureReason reason) {
        return new UpstreamException(reason, instance, reason == FailureReason.TIMED_OUT ? timedOut() : closeCause);
    }

    private String timedOut() {
        return state == State.STREAMING ? "nothing of the body was read in time" : "no response in time";
    }

    private void close(String cause) {
        closeCause = cause;
        end(failure(FailureReason.BROKEN_OFF));
        shut();
    }

    @SuppressWarnings("FutureReturnValueIgnored") // becoming inactive tells
    private void shut() {
        state = State.CLOSED;
        channel.close();
    }
}
