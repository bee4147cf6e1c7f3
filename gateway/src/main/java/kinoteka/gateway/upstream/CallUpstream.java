package kinoteka.gateway.upstream;

import java.net.URI;
import java.util.List;
import kinoteka.gateway.Stage;
import kinoteka.gateway.routing.RequestTarget;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.cloud.gateway.config.HttpClientProperties;
import org.springframework.cloud.gateway.filter.GatewayFilterChain;
import org.springframework.cloud.gateway.filter.NettyRoutingFilter;
import org.springframework.cloud.gateway.filter.headers.HttpHeadersFilter;
import org.springframework.cloud.gateway.support.ServerWebExchangeUtils;
import org.springframework.http.server.reactive.ServerHttpRequestDecorator;
import org.springframework.stereotype.Component;
import org.springframework.web.server.ServerWebExchange;
import reactor.core.publisher.Mono;
import reactor.netty.http.client.HttpClient;
import reactor.netty.http.server.HttpServerRequest;

/**
 * Gateway's own call of an upstream, with our two header filters in place of its eight and the target sent on exactly as
 * it was received.
 */
@Component
class CallUpstream extends NettyRoutingFilter {

    private final List<HttpHeadersFilter> headersFilters = List.of(new RequestHeaders(), new ResponseHeaders());
    private final UpstreamFailures failures;
    private final String catalogue;

    CallUpstream(
            HttpClient client,
            ObjectProvider<List<HttpHeadersFilter>> gatewaysOwn,
            HttpClientProperties properties,
            UpstreamSettings settings,
            UpstreamFailures failures) {
        super(client, gatewaysOwn, properties);
        this.failures = failures;
        this.catalogue = settings.catalogue().toString();
    }

    @Override
    public int getOrder() {
        return Stage.UPSTREAM.getOrder();
    }

    @Override
    public List<HttpHeadersFilter> getHeadersFilters() {
        return headersFilters;
    }

    @Override
    public Mono<Void> filter(ServerWebExchange exchange, GatewayFilterChain chain) {
        HttpServerRequest received = ServerHttpRequestDecorator.getNativeRequest(exchange.getRequest());
        var url = URI.create(catalogue + RequestTarget.pathAndQuery(received.uri()));
        exchange.getAttributes().put(ServerWebExchangeUtils.GATEWAY_REQUEST_URL_ATTR, url);
        return super.filter(exchange, chain).onErrorMap(failure -> failures.told(failure, exchange));
    }
}
