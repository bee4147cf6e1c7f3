package kinoteka.gateway.transport.http2;

import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.codec.http2.DefaultHttp2GoAwayFrame;
import io.netty.handler.codec.http2.Http2Error;
import io.netty.handler.codec.http2.Http2HeadersFrame;
import kinoteka.gateway.connections.Connections;
import kinoteka.gateway.connections.ShutdownEvent;

/**
 * Ends a connection in two steps when the gateway shuts down (RFC 9113, 6.8). The first GOAWAY asks the client to open no more
 * streams, and rejects none of those that are on their way. The second one names the last stream that is processed; the
 * connection is closed when its streams are. A connection without a request gets the first GOAWAY behind its first request: a
 * proxy that has opened it for a request, as HAProxy does, would fail that request.
 */
final class GoAwayHandler extends ChannelInboundHandlerAdapter {

    private final Connections connections;
    private boolean requested;
    private boolean sent;

    GoAwayHandler(Connections connections) {
        this.connections = connections;
    }

    @Override
    public void channelRead(ChannelHandlerContext ctx, Object frame) {
        ctx.fireChannelRead(frame);
        if (frame instanceof Http2HeadersFrame) {
            requested = true;
            if (connections.isDraining()) {
                drain(ctx);
            }
        }
    }

    @Override
    @SuppressWarnings("FutureReturnValueIgnored") // whether it succeeds or not, there is nothing to do
    public void userEventTriggered(ChannelHandlerContext ctx, Object event) {
        if (event == ShutdownEvent.DRAIN && requested) {
            drain(ctx);
        } else if (event == ShutdownEvent.CLOSE) {
            goAway(ctx, 0);
            ctx.close(); // Netty waits for the open streams
        }
        ctx.fireUserEventTriggered(event);
    }

    private void drain(ChannelHandlerContext ctx) {
        if (!sent) {
            sent = true;
            goAway(ctx, Integer.MAX_VALUE);
        }
    }

    /** @param moreStreams how many streams the client may still open */
    @SuppressWarnings("FutureReturnValueIgnored") // a failure means that the connection is gone
    private static void goAway(ChannelHandlerContext ctx, int moreStreams) {
        ctx.writeAndFlush(new DefaultHttp2GoAwayFrame(Http2Error.NO_ERROR).setExtraStreamIds(moreStreams));
    }
}
