package kinoteka.gateway.compression;

import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaders;
import java.util.List;
import java.util.function.UnaryOperator;
import kinoteka.gateway.DirectExchange;
import kinoteka.gateway.DirectStage;
import kinoteka.gateway.PublicFilter;
import kinoteka.gateway.Stage;
import kinoteka.gateway.compression.codec.Coding;
import kinoteka.gateway.request.RequestRecord;
import kinoteka.gateway.settings.Live;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.core.io.buffer.NettyDataBufferFactory;
import org.springframework.http.server.reactive.ServerHttpRequestDecorator;
import org.springframework.stereotype.Component;
import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.server.WebFilterChain;
import reactor.core.publisher.Mono;
import reactor.netty.http.server.HttpServerRequest;

/** Compresses responses in the coding that the client prefers, and restores the entity tags that it sends back. */
@Component
@ConditionalOnProperty(name = "kinoteka.gateway.compression.enabled", matchIfMissing = true)
class CompressionFilter implements PublicFilter {

    private static final Logger LOG = LoggerFactory.getLogger(CompressionFilter.class);

    private final CompressionMetrics metrics;
    private volatile Policy policy;

    CompressionFilter(Live<CompressionSettings> settings, CompressionMetrics metrics) {
        this.metrics = metrics;
        this.policy = Policy.of(settings.get());
        settings.onChange(changed -> policy = Policy.of(changed));
    }

    @Override
    public Stage stage() {
        return Stage.COMPRESSION;
    }

    @Override
    public DirectStage direct() {
        return new DirectStage() {

            @Override
            public boolean admits(DirectExchange exchange) {
                var accepted = exchange.request().headers().getAll(HttpHeaderNames.ACCEPT_ENCODING);
                return accepted.isEmpty() || policy.isSentAsIs(AcceptEncoding.parse(accepted), exchange.bodyLength());
            }

            @Override
            public boolean process(DirectExchange exchange) {
                if (CompressedResponse.isCompressible(exchange.status(), exchange.response()::get)) {
                    exchange.response().add("Vary", "Accept-Encoding");
                }
                return true;
            }
        };
    }

    @Override
    public Mono<Void> filterPublic(ServerWebExchange exchange, WebFilterChain chain) {
        var current = policy;
        HttpServerRequest received = ServerHttpRequestDecorator.getNativeRequest(exchange.getRequest());
        var headers = received.requestHeaders();
        var accepted = AcceptEncoding.parse(headers.getAll(HttpHeaderNames.ACCEPT_ENCODING));
        var coding = current.isCompressed(headers) ? accepted.choose(current.offered) : null;
        var ifNoneMatch = headers.contains(HttpHeaderNames.IF_NONE_MATCH)
                ? String.join(",", headers.getAll(HttpHeaderNames.IF_NONE_MATCH))
                : "";
        restore(headers, HttpHeaderNames.IF_MATCH, EntityTags::original);
        if (coding != null) {
            restore(headers, HttpHeaderNames.IF_NONE_MATCH, condition -> EntityTags.original(condition, coding));
        }
        var response = new CompressedResponse(
                exchange.getResponse(),
                exchange.getRequest().getMethod(),
                coding,
                coding == null ? null : body(exchange, coding),
                coding != null && accepted.isIdentityExcluded() ? 1 : current.minSize,
                ifNoneMatch);
        return chain.filter(exchange.mutate().response(response).build());
    }

    private static void restore(HttpHeaders headers, CharSequence name, UnaryOperator<String> original) {
        if (headers.contains(name)) {
            headers.set(name, headers.getAll(name).stream().map(original).toList());
        }
    }

    private CompressedBody body(ServerWebExchange exchange, Coding coding) {
        var buffers = (NettyDataBufferFactory) exchange.getResponse().bufferFactory();
        return new CompressedBody(coding, buffers, metrics, RequestRecord.of(exchange));
    }

    /**
     * Which responses are compressed, and how.
     *
     * @param offered the preferred coding first
     * @param minSize of the body, in bytes
     */
    private record Policy(List<Coding> offered, boolean personal, long minSize) {

        static Policy of(CompressionSettings settings) {
            var available =
                    settings.codings().stream().filter(Coding::isAvailable).toList();
            if (available.size() < settings.codings().size()) {
                LOG.warn("Of the codings {} only {} are available on this platform", settings.codings(), available);
            }
            return new Policy(available, settings.personal(), settings.minSize().toBytes());
        }

        /** Whether a body of this length is not compressed, whatever its type is. */
        boolean isSentAsIs(AcceptEncoding accepted, int length) {
            return accepted.choose(offered) == null || (length < minSize && !accepted.isIdentityExcluded());
        }

        boolean isCompressed(HttpHeaders headers) {
            return personal
                    || !(headers.contains(HttpHeaderNames.AUTHORIZATION) || headers.contains(HttpHeaderNames.COOKIE));
        }
    }
}
