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
import java.util.function.Supplier;
import kinoteka.gateway.problem.ClientDisconnected;
import kinoteka.gateway.upstream.FailureReason;
import kinoteka.gateway.upstream.UpstreamException;
import kinoteka.gateway.upstream.UpstreamRequest.Body;
import kinoteka.gateway.upstream.UpstreamResponse;
import org.jspecify.annotations.Nullable;

/**
 * A connection to an instance, which serves one call at a time. It returns to its pool only when the complete response has been received
 * and no data follows it. Unsolicited data could be taken for the response to another client, so it closes the connection. Must be used
 * on its event loop, except for {@link #cancel(Call)}.
 */
public final class UpstreamConnection extends ChannelInboundHandlerAdapter {

    private enum State {
        IDLE,
        /** The request is being sent or has been sent, and no final response has begun. */
        AWAITING_RESPONSE,
        READING_SHORT_BODY,
        STREAMING,
        /** The response is complete; the read operation in which it arrived has not ended. */
        RESPONDED,
        CLOSED
    }

    private static final long NEVER = Long.MAX_VALUE;

    private final ConnectionOwner owner;
    private final Channel channel;
    private final ResponseDecoder decoder;
    private final Supplier<TimeLimits> limits;
    private final String instance;

    private State state = State.IDLE;
    private @Nullable Call call;
    private @Nullable RequestBodyWriter writer;
    private @Nullable ResponseBody streamed;
    private @Nullable HttpResponse finalResponse;
    private @Nullable ShortBody shortBody;
    private boolean interim;
    private boolean reusable;
    private boolean hasServed;
    private long limit = NEVER;
    private long limitSince;
    private String closeCause = "closed by the instance";

    private UpstreamConnection(
            ConnectionOwner owner,
            Channel channel,
            ResponseDecoder decoder,
            Supplier<TimeLimits> limits,
            String instance) {
        this.owner = owner;
        this.channel = channel;
        this.decoder = decoder;
        this.limits = limits;
        this.instance = instance;
    }

    /**
     * Adds HTTP/1.1 to the pipeline of a new connection, which is idle then.
     *
     * @param channel an open channel, with a TLS handler or nothing in its pipeline
     * @param limits the current time limits; each of them is read when it begins
     * @param instance URI of the instance
     * @param authority value of the {@code Host} header
     */
    public static UpstreamConnection open(
            ConnectionOwner owner, Channel channel, Supplier<TimeLimits> limits, String instance, String authority) {
        var decoder = new ResponseDecoder();
        var connection = new UpstreamConnection(owner, channel, decoder, limits, instance);
        channel.pipeline().addLast(new RequestEncoder(authority), decoder, connection);
        return connection;
    }

    /** Whether a request can be sent on this connection. */
    public boolean isOpen() {
        return state != State.CLOSED && channel.isActive();
    }

    /** Sends a request. The connection must be idle. */
    @SuppressWarnings("FutureReturnValueIgnored") // failures of a void promise arrive in exceptionCaught()
    public void send(Call next) {
        if (!next.assignTo(this)) {
            owner.release(this);
            return;
        }
        call = next;
        state = State.AWAITING_RESPONSE;
        interim = false;
        reusable = true;
        finalResponse = null;
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
                limit(limits.get().response());
                channel.writeAndFlush(message, channel.voidPromise());
            }
            case Body.Streamed body -> {
                limit(NEVER); // the gateway limits the time in which the client sends the body
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

    /** Called when the instance does not receive the streamed request body as fast as it arrives. It has the response time limit for it. */
    void onRequestBlocked(RequestBodyWriter blocked) {
        if (writer == blocked && state == State.AWAITING_RESPONSE) {
            limit(limits.get().response());
        }
    }

    /** Called when the instance has received all of the streamed request body that has arrived. */
    void onRequestContinued(RequestBodyWriter continued) {
        if (writer == continued && state == State.AWAITING_RESPONSE) {
            limit(NEVER);
        }
    }

    /** Called when a streamed request body has been sent completely. */
    void onRequestSent(RequestBodyWriter sent) {
        if (writer == sent) {
            writer = null;
            if (state == State.AWAITING_RESPONSE) {
                limit(limits.get().response());
            }
        }
    }

    /** Called when the streamed request body failed. The connection is closed, so that the instance sees an incomplete request. */
    void onRequestFailure(RequestBodyWriter failed, Throwable failure) {
        if (writer == failed) {
            writer = null;
            end(failure);
            closeChannel();
        }
    }

    @Override
    public void channelRead(ChannelHandlerContext ctx, Object message) {
        try {
            if (state == State.CLOSED) {
                return; // decoded from the same read operation as the message that closed it
            }
            if (((HttpObject) message).decoderResult().isFailure()) {
                close("not valid HTTP: "
                        + ((HttpObject) message).decoderResult().cause());
            } else if (state == State.IDLE || state == State.RESPONDED) {
                owner.onUnsolicitedData();
                close("unsolicited data");
            } else if (message instanceof HttpResponse response) {
                onResponse(response);
            } else if (message instanceof HttpContent content) {
                onContent(content);
            }
            if (message instanceof LastHttpContent) {
                onLastContent();
            }
        } finally {
            ReferenceCountUtil.release(message);
        }
    }

    private void onResponse(HttpResponse response) {
        if (response.status().equals(HttpResponseStatus.SWITCHING_PROTOCOLS)) {
            close("unsolicited switch to another protocol");
        } else if (response.status().codeClass() == HttpStatusClass.INFORMATIONAL) {
            interim = true; // the final response follows (RFC 9110, 15.2)
        } else if (finalResponse != null) {
            close("a second response");
        } else {
            finalResponse = response;
            reusable = HttpUtil.isKeepAlive(response);
            var calling = Objects.requireNonNull(call, "call");
            var length = ShortResponses.length(calling.request().method(), response);
            if (length >= 0) {
                state = State.READING_SHORT_BODY;
                shortBody = new ShortBody(length);
                limit(limits.get().response());
            } else {
                state = State.STREAMING;
                var body = new ResponseBody(this, channel.eventLoop());
                streamed = body;
                limit(limits.get().streamIdle());
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
        } else if (state == State.READING_SHORT_BODY && shortBody != null) {
            limitSince = System.nanoTime();
            shortBody.append(bytes);
        }
    }

    private void onLastContent() {
        if (interim) {
            interim = false;
            return;
        }
        if (state != State.READING_SHORT_BODY && state != State.STREAMING) {
            return;
        }
        var wasStreaming = state == State.STREAMING;
        state = State.RESPONDED;
        limit(NEVER);
        if (writer != null) {
            // The request stays incomplete: the instance would read the next one as the rest of its body.
            writer.cancel();
            writer = null;
            reusable = false;
        }
        var calling = Objects.requireNonNull(call, "call");
        call = null;
        if (wasStreaming) {
            var body = Objects.requireNonNull(streamed, "body");
            streamed = null;
            channel.config().setAutoRead(true); // to detect that the instance closes the connection
            body.onComplete();
        } else {
            var response = Objects.requireNonNull(finalResponse, "finalResponse");
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
            close("unsolicited data");
        } else if (state == State.STREAMING && streamed != null && streamed.hasDemand()) {
            channel.read();
        }
    }

    /** Reads more of a streamed body. */
    void read() {
        if (state == State.STREAMING) {
            channel.read();
        }
    }

    @Override
    public void channelInactive(ChannelHandlerContext ctx) {
        var hadNoResponse = state == State.AWAITING_RESPONSE && !interim;
        var calling = call;
        if (hadNoResponse && hasServed && calling != null && calling.tryResend()) {
            call = null;
            state = State.CLOSED;
            owner.onClosed(this);
            owner.resend(calling);
            return;
        }
        end(failure(FailureReason.BROKEN_OFF));
        state = State.CLOSED;
        owner.onClosed(this);
    }

    @Override
    @SuppressWarnings("FutureReturnValueIgnored") // channelInactive() follows
    public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
        closeCause = cause.toString();
        channel.close(); // and channelInactive() ends the call
    }

    /** Cancels the call if this connection still serves it. Any thread may call this method. */
    void cancel(Call cancelled) {
        channel.eventLoop().execute(() -> {
            cancelled.discardResponse();
            if (call == cancelled) {
                abandon();
            }
        });
    }

    /** Cancels the call whose response has this body. */
    void cancel(ResponseBody cancelled) {
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
        closeChannel();
    }

    /** Closes the connection if its current time limit is exceeded. */
    public void checkTimeLimit(long now) {
        if (limit == NEVER || now - limitSince < limit) {
            return;
        }
        var body = streamed;
        if (body != null && !body.hasDemand()) {
            abandon();
            body.abort(new ClientDisconnected()); // a client that stops reading is treated like one that disconnected
        } else {
            if (state != State.IDLE) {
                end(failure(FailureReason.TIMED_OUT));
            }
            closeChannel();
        }
    }

    /** Closes the connection, and fails its call if it has one. */
    public void closeNow(String cause) {
        close(cause);
    }

    /** Called when the connection has become idle in its pool. */
    public void onReleased() {
        limit(limits.get().idle());
    }

    private void limit(long nanos) {
        limit = nanos;
        limitSince = nanos == NEVER ? 0 : System.nanoTime();
    }

    /** Fails the current call, if there is one. */
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
        return state == State.STREAMING ? "no part of the response body was read in time" : "no response in time";
    }

    private void close(String cause) {
        closeCause = cause;
        end(failure(FailureReason.BROKEN_OFF));
        closeChannel();
    }

    @SuppressWarnings("FutureReturnValueIgnored") // channelInactive() follows
    private void closeChannel() {
        state = State.CLOSED;
        channel.close();
    }
}
