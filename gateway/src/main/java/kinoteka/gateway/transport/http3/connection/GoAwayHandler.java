package kinoteka.gateway.transport.http3.connection;

import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.codec.http3.DefaultHttp3GoAwayFrame;
import io.netty.handler.codec.http3.Http3;
import io.netty.handler.codec.http3.Http3ErrorCode;
import io.netty.handler.codec.quic.QuicChannel;
import io.netty.handler.codec.quic.QuicConnectionStats;
import io.netty.handler.codec.quic.QuicStreamChannel;
import io.netty.handler.codec.quic.QuicStreamType;
import io.netty.util.concurrent.Future;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import kinoteka.gateway.connections.Connections;
import kinoteka.gateway.connections.ShutdownEvent;

/**
 * Ends a connection in two steps when the gateway shuts down (RFC 9114, 5.2). The first GOAWAY asks the client to send no more requests, and
 * rejects none of those that are on their way. The second one names the first request that is not processed; the connection is
 * closed when the requests before it are. What their streams have sent may be lost on its way and sent again, which the end of the
 * connection would end: so it waits until nothing more is sent, 10 s at most.
 */
public final class GoAwayHandler extends ChannelInboundHandlerAdapter {

    /** The largest id of a request's stream, and how much the ids of two of them differ. */
    private static final long LAST_ID = (1L << 62) - 4;

    private static final long ID_STEP = 4;

    private static final Duration LOOK_INTERVAL = Duration.ofMillis(250);

    /** A client that sends PING frames without end has them acknowledged without end. */
    private static final int MOST_LOOKS = 40;

    private final Connections connections;
    private long nextId;
    private int open;
    private boolean draining;
    private boolean closing;

    public GoAwayHandler(Connections connections) {
        this.connections = connections;
    }

    @Override
    public void channelRead(ChannelHandlerContext ctx, Object message) {
        if (!(message instanceof QuicStreamChannel stream) || stream.type() != QuicStreamType.BIDIRECTIONAL) {
            ctx.fireChannelRead(message);
            return;
        }
        if (closing) {
            reject(stream);
            return;
        }
        open++;
        nextId = stream.streamId() + ID_STEP;
        stream.closeFuture().addListener(closed -> {
            open--;
            closeIfDone(ctx);
        });
        ctx.fireChannelRead(message);
        if (connections.isDraining()) {
            drain(ctx);
        }
    }

    /** The client may send the request again over another connection, because it is not processed (RFC 9114, 4.1.1). */
    @SuppressWarnings("FutureReturnValueIgnored") // whether it succeeds or not, there is nothing to do
    private static void reject(QuicStreamChannel stream) {
        stream.shutdown(Http3ErrorCode.H3_REQUEST_REJECTED.code(), stream.newPromise());
        stream.unsafe().closeForcibly();
    }

    @Override
    public void userEventTriggered(ChannelHandlerContext ctx, Object event) {
        if (event == ShutdownEvent.DRAIN && nextId > 0) {
            drain(ctx);
        } else if (event == ShutdownEvent.CLOSE) {
            goAway(ctx, nextId);
            closing = true;
            closeIfDone(ctx);
        }
        ctx.fireUserEventTriggered(event);
    }

    private void drain(ChannelHandlerContext ctx) {
        if (!draining && !closing) {
            draining = true;
            goAway(ctx, LAST_ID);
        }
    }

    /** @param id of the first request that is not processed */
    @SuppressWarnings("FutureReturnValueIgnored") // a failure means that the connection is gone
    private static void goAway(ChannelHandlerContext ctx, long id) {
        var control = Http3.getLocalControlStream(ctx.channel());
        if (control != null) {
            control.writeAndFlush(new DefaultHttp3GoAwayFrame(id));
        }
    }

    private void closeIfDone(ChannelHandlerContext ctx) {
        if (closing && open == 0) {
            closeWhenSent(ctx, -1, MOST_LOOKS);
        }
    }

    @SuppressWarnings("FutureReturnValueIgnored") // a failure means that the connection is gone
    private void closeWhenSent(ChannelHandlerContext ctx, long sentBefore, int looks) {
        var connection = (QuicChannel) ctx.channel();
        connection.collectStats().addListener((Future<QuicConnectionStats> stats) -> {
            var sent = stats.isSuccess() ? stats.getNow().sentBytes() : sentBefore;
            if (sent == sentBefore || looks == 0) {
                connection.close(true, Http3ErrorCode.H3_NO_ERROR.code(), Unpooled.EMPTY_BUFFER);
            } else {
                ctx.executor()
                        .schedule(
                                () -> closeWhenSent(ctx, sent, looks - 1),
                                LOOK_INTERVAL.toNanos(),
                                TimeUnit.NANOSECONDS);
            }
        });
    }
}
