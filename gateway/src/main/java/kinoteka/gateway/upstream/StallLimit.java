package kinoteka.gateway.upstream;

import io.netty.handler.timeout.ReadTimeoutHandler;
import java.util.concurrent.TimeUnit;
import org.springframework.stereotype.Component;
import reactor.netty.Connection;
import reactor.netty.NettyPipeline;

/** Gives a stream, once it has begun, its own patience instead of that for the headers. */
@Component
public class StallLimit {

    private final UpstreamSettings settings;

    StallLimit(UpstreamSettings settings) {
        this.settings = settings;
    }

    /** Call it on the upstream's event loop. Reactor Netty removes the handler by this name when the answer ends. */
    public void apply(Connection upstream) {
        var pipeline = upstream.channel().pipeline();
        if (pipeline.get(NettyPipeline.ResponseTimeoutHandler) != null) {
            pipeline.replace(
                    NettyPipeline.ResponseTimeoutHandler,
                    NettyPipeline.ResponseTimeoutHandler,
                    new ReadTimeoutHandler(settings.stallLimit().toMillis(), TimeUnit.MILLISECONDS));
        }
    }
}
