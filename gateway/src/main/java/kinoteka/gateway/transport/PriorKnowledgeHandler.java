package kinoteka.gateway.transport;

import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelPipeline;
import io.netty.handler.codec.http2.CleartextHttp2ServerUpgradeHandler.PriorKnowledgeUpgradeEvent;
import java.util.function.Consumer;

/** Is told by Netty that the client has begun HTTP/2 without TLS, by prior knowledge (RFC 9113, 3.3). */
final class PriorKnowledgeHandler extends ChannelInboundHandlerAdapter {

    private final Consumer<ChannelPipeline> onHttp2;

    /** @param onHttp2 called when Reactor Netty has configured the pipeline for HTTP/2 */
    PriorKnowledgeHandler(Consumer<ChannelPipeline> onHttp2) {
        this.onHttp2 = onHttp2;
    }

    @Override
    public void userEventTriggered(ChannelHandlerContext ctx, Object event) {
        ctx.fireUserEventTriggered(event);
        if (event instanceof PriorKnowledgeUpgradeEvent) {
            ctx.pipeline().remove(this);
            onHttp2.accept(ctx.pipeline());
        }
    }
}
