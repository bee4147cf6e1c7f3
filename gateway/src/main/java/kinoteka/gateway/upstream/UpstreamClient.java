package kinoteka.gateway.upstream;

import io.netty.channel.ChannelOption;
import kinoteka.gateway.routing.Destination;
import kinoteka.gateway.routing.Endpoint;
import org.jspecify.annotations.Nullable;
import org.springframework.cloud.gateway.route.Route;
import org.springframework.cloud.gateway.route.RouteLocator;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.http.client.ReactorResourceFactory;
import reactor.core.publisher.Flux;
import reactor.netty.http.client.HttpClient;
import reactor.netty.resources.ConnectionProvider;

/** The HTTP client for the upstreams, and the one route that leads to each. */
@Configuration(proxyBeanMethods = false)
class UpstreamClient {

    private static final int LONGEST_HEAD = 16 * 1024;

    @Bean(destroyMethod = "dispose")
    ConnectionProvider upstreamConnections(UpstreamSettings settings) {
        var pool = settings.pool();
        return ConnectionProvider.builder("upstream")
                .maxConnections(pool.maxConnections())
                .pendingAcquireMaxCount(pool.pendingAcquireMax())
                .pendingAcquireTimeout(pool.acquireTimeout())
                .maxIdleTime(pool.maxIdleTime())
                .evictInBackground(pool.evictionInterval())
                .lifo()
                .metrics(true)
                .build();
    }

    @Bean
    HttpClient upstreamHttpClient(
            ConnectionProvider upstreamConnections, ReactorResourceFactory server, UpstreamSettings settings) {
        return HttpClient.create(upstreamConnections)
                .runOn(server.getLoopResources()) // one set of threads for both sides
                .option(
                        ChannelOption.CONNECT_TIMEOUT_MILLIS,
                        Math.toIntExact(settings.connectTimeout().toMillis()))
                .responseTimeout(settings.responseTimeLimit())
                .httpResponseDecoder(decoder -> decoder.maxHeaderSize(LONGEST_HEAD));
    }

    @Bean
    RouteLocator upstreamRoutes(UpstreamSettings settings) {
        var catalogue = Route.async()
                .id("catalogue")
                .uri(settings.catalogue().getFirst()) // CallUpstream says which it is
                .predicate(exchange -> leadsTo(Destination.CATALOGUE, Endpoint.of(exchange)))
                .build();
        return () -> Flux.just(catalogue);
    }

    private static boolean leadsTo(Destination destination, @Nullable Endpoint endpoint) {
        return endpoint != null && endpoint.destination() == destination;
    }
}
