package kinoteka.gateway;

import java.net.URI;
import java.util.List;
import java.util.function.UnaryOperator;
import kinoteka.gateway.batching.Batching;
import kinoteka.gateway.cache.CacheDecorator;
import kinoteka.gateway.resilience.breaker.CircuitBreakers;
import kinoteka.gateway.resilience.limit.ConcurrencyLimits;
import kinoteka.gateway.resilience.retry.Retries;
import kinoteka.gateway.tracing.CallSpans;
import kinoteka.gateway.upstream.InstanceClient;
import kinoteka.gateway.upstream.ResponseListener;
import kinoteka.gateway.upstream.Upstream;
import kinoteka.gateway.upstream.instance.LoadBalancing;
import kinoteka.gateway.upstream.instance.UpstreamInstances;
import kinoteka.gateway.writes.ReadYourWrites;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/**
 * Defines the order of the decorators of {@link Upstream}, outermost first. A new feature is a class that decorates it, and one line here.
 * A feature that is switched off returns what it would decorate, so that it is not in the chain.
 */
@Configuration(proxyBeanMethods = false)
class UpstreamOrder {

    /** The decorators that a call passes before an instance is chosen. */
    @Bean
    Upstream upstream(
            UpstreamInstances instances,
            ObjectProvider<CacheDecorator> cache,
            Batching batching,
            ReadYourWrites readYourWrites,
            Retries retries,
            List<ResponseListener> listeners) {
        return UpstreamOrder.<Upstream>wrap(
                new LoadBalancing(instances),
                List.of(
                        cache.getIfAvailable(() -> upstream -> upstream),
                        batching::decorate,
                        readYourWrites::decorate,
                        retries::decorate,
                        upstream -> notifying(upstream, listeners)));
    }

    /** The decorators that a call passes at each instance. Health checks do not pass them. */
    @Bean
    InstanceClient.Decorator aroundEachInstance(ConcurrencyLimits limits, CircuitBreakers breakers, CallSpans spans) {
        return new InstanceClient.Decorator() {
            @Override
            public InstanceClient decorate(InstanceClient client) {
                return wrap(client, List.of(limits::decorate, breakers::decorate, spans::decorate));
            }

            @Override
            public void remove(URI instance) {
                limits.remove(instance);
                breakers.remove(instance);
            }
        };
    }

    private static Upstream notifying(Upstream upstream, List<ResponseListener> listeners) {
        return listeners.isEmpty()
                ? upstream
                : request -> upstream.call(request)
                        .doOnNext(response -> listeners.forEach(listener -> listener.onResponse(request, response)));
    }

    static <T> T wrap(T innermost, List<UnaryOperator<T>> outermostFirst) {
        var decorated = innermost;
        for (var feature : outermostFirst.reversed()) {
            decorated = feature.apply(decorated);
        }
        return decorated;
    }
}
