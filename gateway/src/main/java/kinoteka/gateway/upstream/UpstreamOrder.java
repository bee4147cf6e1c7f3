package kinoteka.gateway.upstream;

import java.util.List;
import java.util.function.UnaryOperator;
import kinoteka.gateway.upstream.instance.LoadBalancing;
import kinoteka.gateway.upstream.instance.UpstreamInstances;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Defines the order of the decorators of {@link Upstream}. */
@Configuration(proxyBeanMethods = false)
class UpstreamOrder {

    /** The decorators are listed outermost first. A new feature is a class that decorates an {@link Upstream}, and one line here. */
    @Bean
    Upstream upstream(UpstreamInstances instances, ObjectProvider<CacheDecorator> cache) {
        return wrap(new LoadBalancing(instances), List.of(cache.getIfAvailable(() -> next -> next)));
    }

    static Upstream wrap(Upstream innermost, List<UnaryOperator<Upstream>> outermostFirst) {
        var upstream = innermost;
        for (var feature : outermostFirst.reversed()) {
            upstream = feature.apply(upstream);
        }
        return upstream;
    }
}
