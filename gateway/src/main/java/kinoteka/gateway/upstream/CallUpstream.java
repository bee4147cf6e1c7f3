package kinoteka.gateway.upstream;

import java.nio.channels.NotYetConnectedException;
import java.util.Iterator;
import java.util.List;
import kinoteka.gateway.Stage;
import kinoteka.gateway.headers.RequestHeaders;
import kinoteka.gateway.headers.ResponseHeaders;
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
import reactor.util.retry.Retry;

/**
 * Gateway's own call of an upstream, with our two header filters in place of its eight and the target sent on exactly as
 * it was received.
 */
@Component
class CallUpstream extends NettyRoutingFilter {

    private static final int MAX_CONNECT_RETRIES = 3;

    private final List<HttpHeadersFilter> headersFilters;
    private final UpstreamFailures failures;
    private final Addresses addresses;

    CallUpstream(
            HttpClient client,
            ObjectProvider<List<HttpHeadersFilter>> gatewaysOwn,
            HttpClientProperties properties,
            Addresses addresses,
            UpstreamFailures failures,
            UpstreamSettings settings) {
        super(CancelledCalls.observe(client), gatewaysOwn, properties);
        this.headersFilters = List.of(new RequestHeaders(settings.credential()), new ResponseHeaders());
        this.failures = failures;
        this.addresses = addresses;
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
        return call(
                RequestTarget.pathAndQuery(received.uri()), addresses.inTurn().iterator(), exchange, chain);
    }

    /** A request that reached no server was not sent, whatever its method: the next address may have it. */
    private Mono<Void> call(
            String target, Iterator<Address> left, ServerWebExchange exchange, GatewayFilterChain chain) {
        var address = left.next();
        exchange.getAttributes().put(ServerWebExchangeUtils.GATEWAY_REQUEST_URL_ATTR, address.of(target));
        return CancelledCalls.cancelOnEventLoop(send(exchange, chain)).onErrorResume(failure -> {
            if (Reason.of(failure) == Reason.UNREACHABLE) {
                address.isUnreachable(failure);
                if (left.hasNext()) {
                    return call(target, left, exchange, chain);
                }
            }
            return Mono.error(failures.told(failure, exchange));
        });
    }

    /**
     * Netty's epoll transport now and then reads from a connection that is still being made, and gives it up (netty issue
     * 10411). The upstream is well and has received nothing, so that the request is sent on another connection.
     */
    private Mono<Void> send(ServerWebExchange exchange, GatewayFilterChain chain) {
        return Mono.defer(() -> {
                    ServerWebExchangeUtils.removeAlreadyRouted(exchange);
                    return super.filter(exchange, chain);
                })
                .retryWhen(Retry.max(MAX_CONNECT_RETRIES).filter(NotYetConnectedException.class::isInstance));
    }
}
