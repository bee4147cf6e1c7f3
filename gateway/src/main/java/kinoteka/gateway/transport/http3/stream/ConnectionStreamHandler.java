package kinoteka.gateway.transport.http3.stream;

import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.codec.http3.Http3ErrorCode;
import io.netty.handler.codec.http3.Http3Exception;
import io.netty.handler.codec.quic.QuicChannel;
import kinoteka.gateway.transport.TransportErrors;
import kinoteka.gateway.transport.TransportErrors.Kind;

/**
 * Last handler of a stream in one direction, such as that of the client's SETTINGS: has Netty read it, which Reactor Netty switches off for all
 * streams, and ends the connection if what the client sends is not valid (RFC 9114, 6.2).
 */
final class ConnectionStreamHandler extends ChannelInboundHandlerAdapter {

    private final TransportErrors errors;

    ConnectionStreamHandler(TransportErrors errors) {
        this.errors = errors;
    }

    @Override
    public void channelActive(ChannelHandlerContext ctx) {
        ctx.channel().config().setAutoRead(true);
        ctx.fireChannelActive();
    }

    /** Netty has closed the connection if it knows the error. */
    @Override
    @SuppressWarnings("FutureReturnValueIgnored") // whether it succeeds or not, there is nothing to do
    public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
        errors.record(Kind.HTTP3_CONNECTION, ctx, cause.toString());
        if (!(cause instanceof Http3Exception)) {
            ((QuicChannel) ctx.channel().parent())
                    .close(true, Http3ErrorCode.H3_GENERAL_PROTOCOL_ERROR.code(), Unpooled.EMPTY_BUFFER);
        }
    }
}
