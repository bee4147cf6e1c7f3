package kinoteka.gateway.tracing;

import io.prometheus.metrics.core.metrics.CounterWithCallback;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.time.Clock;
import java.util.Objects;
import kinoteka.gateway.trace.TracingSettings;
import kinoteka.tracing.SpanExport;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Condition;
import org.springframework.context.annotation.ConditionContext;
import org.springframework.context.annotation.Conditional;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.type.AnnotatedTypeMetadata;
import org.springframework.util.StringUtils;

/** Exists only if spans are exported. */
@Configuration(proxyBeanMethods = false)
@Conditional(Tracing.HasEndpoint.class)
class Tracing {

    /** The spans of the last requests are sent when it is closed, after the servers have stopped. */
    @Bean
    SpanExport spanExport(TracingSettings settings, PrometheusRegistry registry) {
        var export = new SpanExport("gateway", Objects.requireNonNull(settings.endpoint()));
        CounterWithCallback.builder()
                .name("spans_total")
                .help("Spans by what became of them.")
                .labelNames("result")
                .callback(counter -> {
                    counter.call((double) export.exported(), "exported");
                    counter.call((double) export.queueFull(), "queue_full");
                    counter.call((double) export.failed(), "failed");
                })
                .register(registry);
        return export;
    }

    @Bean
    RequestSpans requestSpans(SpanExport export) {
        return new RequestSpans(export::offer, Clock.systemUTC(), System::nanoTime);
    }

    static final class HasEndpoint implements Condition {

        @Override
        public boolean matches(ConditionContext context, AnnotatedTypeMetadata metadata) {
            return StringUtils.hasText(context.getEnvironment().getProperty("kinoteka.gateway.tracing.endpoint"));
        }
    }
}
