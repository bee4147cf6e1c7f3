package kinoteka.gateway.transport;

import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelPipeline;
import io.netty.handler.ssl.SslHandshakeCompletionEvent;
import java.util.function.Consumer;

/** Changes the pipeline once the TLS handshake has settled which protocol is spoken; stands behind what settles it. */
final class AfterHandshake extends ChannelInboundHandlerAdapter {

    private final Consumer<ChannelPipeline> change;

    AfterHandshake(Consumer<ChannelPipeline> change) {
        this.change = change;
    }

    @Override
    public void userEventTriggered(ChannelHandlerContext ctx, Object event) {
        if (event instanceof SslHandshakeCompletionEvent handshake) {
            ctx.pipeline().remove(this);
            if (handshake.isSuccess()) {
                change.accept(ctx.pipeline());
            }
        }
        ctx.fireUserEventTriggered(event);
    }
}
