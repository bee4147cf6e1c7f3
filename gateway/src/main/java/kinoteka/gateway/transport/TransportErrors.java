package kinoteka.gateway.transport;

import io.netty.channel.ChannelHandler.Sharable;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.codec.DecoderException;
import io.netty.handler.codec.http2.Http2Exception;
import io.netty.handler.codec.http3.Http3Exception;
import io.netty.handler.codec.quic.QuicException;
import io.prometheus.metrics.core.metrics.Counter;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.io.IOException;
import java.time.Duration;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicLong;
import javax.net.ssl.SSLException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/**
 * Last handler of each pipeline: counts the errors of client connections and logs them at level DEBUG, because any client can
 * cause them at any rate. A defect of the gateway is logged at level ERROR, at most once in 10 seconds.
 */
@Component
@Sharable
public class TransportErrors extends ChannelInboundHandlerAdapter {

    private static final Logger LOG = LoggerFactory.getLogger(TransportErrors.class);
    private static final long LOG_INTERVAL = Duration.ofSeconds(10).toNanos();

    private final Counter errors;
    private final AtomicLong lastLogged = new AtomicLong(System.nanoTime() - LOG_INTERVAL);

    public TransportErrors(PrometheusRegistry registry) {
        errors = Counter.builder()
                .name("client_connection_errors_total")
                .help("Errors of client connections.")
                .labelNames("error")
                .register(registry);
        for (var kind : Kind.values()) {
            errors.initLabelValues(kind.label());
        }
    }

    /** Counts an error and logs it at level DEBUG. */
    public void record(Kind kind, ChannelHandlerContext ctx, String message) {
        errors.labelValues(kind.label()).inc();
        LOG.debug("{} {}: {}", ctx.channel(), kind, message);
    }

    @Override
    @SuppressWarnings("FutureReturnValueIgnored") // whether it succeeds or not, there is nothing to do
    public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
        var kind = kindOf(cause);
        if (kind == Kind.INTERNAL) {
            recordDefect(ctx, cause);
        } else {
            record(kind, ctx, cause.toString());
        }
        if (kind != Kind.HTTP2_CONNECTION && !(cause instanceof Http3Exception)) { // Netty closes the connection itself
            ctx.close();
        }
    }

    /** Counts and logs a defect that leaves the connection intact. */
    public void recordDefect(ChannelHandlerContext ctx, Throwable cause) {
        record(Kind.INTERNAL, ctx, cause.toString());
        logDefect(cause);
    }

    private void logDefect(Throwable cause) {
        var now = System.nanoTime();
        var last = lastLogged.get();
        if (now - last >= LOG_INTERVAL && lastLogged.compareAndSet(last, now)) {
            LOG.error("Error in the pipeline of a client connection", cause);
        }
    }

    private static Kind kindOf(Throwable thrown) {
        var cause = thrown instanceof DecoderException && thrown.getCause() != null ? thrown.getCause() : thrown;
        return switch (cause) {
            case SSLException tls -> Kind.TLS;
            case Http2Exception http2 -> Kind.HTTP2_CONNECTION;
            case Http3Exception http3 -> Kind.HTTP3_CONNECTION;
            case QuicException quic -> Kind.HTTP3_CONNECTION;
            case IOException reset -> Kind.RESET;
            case IllegalStateException state -> cause == thrown ? Kind.INTERNAL : Kind.PIPELINE;
            default -> Kind.INTERNAL;
        };
    }

    /** Kinds of errors. */
    public enum Kind {
        /** A TLS handshake that failed or did not complete in time. */
        TLS_HANDSHAKE,
        /** A TLS record that is not valid. */
        TLS,
        /** A violation of HTTP/2 that ends the connection. */
        HTTP2_CONNECTION,
        /** A violation of HTTP/2 that ends one stream. */
        HTTP2_STREAM,
        /** A violation of QUIC or HTTP/3 that ends the connection. */
        HTTP3_CONNECTION,
        /** A violation of HTTP/3 that ends one stream. */
        HTTP3_STREAM,
        /** A connection on which no request arrived in time. */
        NO_REQUEST,
        /** More pipelined requests without a response than Netty accepts: 128. */
        PIPELINE,
        /** Nothing that was sent to the client was received in time. */
        WRITE_TIMEOUT,
        /** The client reset the connection. */
        RESET,
        /** A defect of the gateway. */
        INTERNAL;

        private String label() {
            return name().toLowerCase(Locale.ROOT);
        }
    }
}
