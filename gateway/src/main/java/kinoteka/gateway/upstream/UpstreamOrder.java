package kinoteka.gateway.upstream;

import java.util.List;
import java.util.function.UnaryOperator;
import kinoteka.gateway.upstream.instance.LoadBalancing;
import kinoteka.gateway.upstream.instance.UpstreamInstances;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The order of what a call to the catalogue passes. */
@Configuration(proxyBeanMethods = false)
class UpstreamOrder {

    /** Outermost first. A new feature is a class that wraps an {@link Upstream}, and one line here. */
    @Bean
    Upstream upstream(UpstreamInstances instances) {
        return wrap(new LoadBalancing(instances), List.of());
    }

    static Upstream wrap(Upstream innermost, List<UnaryOperator<Upstream>> outermostFirst) {
        var upstream = innermost;
        for (var feature : outermostFirst.reversed()) {
            upstream = feature.apply(upstream);
        }
        return upstream;
    }
}
