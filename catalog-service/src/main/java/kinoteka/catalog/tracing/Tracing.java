package kinoteka.catalog.tracing;

import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.Objects;
import java.util.function.ToDoubleFunction;
import kinoteka.tracing.SpanExport;
import kinoteka.tracing.TraceParent;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.webflux.autoconfigure.WebHttpHandlerBuilderCustomizer;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Condition;
import org.springframework.context.annotation.ConditionContext;
import org.springframework.context.annotation.Conditional;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.core.type.AnnotatedTypeMetadata;
import org.springframework.http.server.reactive.HttpHandler;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.http.server.reactive.ServerHttpResponse;
import org.springframework.util.StringUtils;
import org.springframework.web.server.WebFilter;
import reactor.core.publisher.Mono;

/** Exists only if spans are exported. Requests whose trace is not sampled pass unchanged. */
@Configuration(proxyBeanMethods = false)
@Conditional(Tracing.HasEndpoint.class)
class Tracing {

    @Bean
    SpanExport spanExport(TracingSettings settings, MeterRegistry metrics) {
        var export = new SpanExport("catalogue", Objects.requireNonNull(settings.endpoint()));
        count(metrics, export, "exported", SpanExport::exported);
        count(metrics, export, "queue_full", SpanExport::queueFull);
        count(metrics, export, "failed", SpanExport::failed);
        return export;
    }

    private static void count(
            MeterRegistry metrics, SpanExport export, String result, ToDoubleFunction<SpanExport> count) {
        FunctionCounter.builder("spans", export, count)
                .description("Spans by what became of them")
                .tag("result", result)
                .register(metrics);
    }

    /** Outside of all filters, because the response to a failure is written outside of them. */
    @Bean
    WebHttpHandlerBuilderCustomizer requestSpans(SpanExport export) {
        return builder -> builder.httpHandlerDecorator(handler -> (request, response) -> {
            var parent = TraceParent.parse(single(request));
            return parent == null || !parent.isSampled()
                    ? handler.handle(request, response)
                    : Mono.defer(
                            () -> record(new RequestSpan(export::offer, parent, request), handler, request, response));
        });
    }

    private static @Nullable String single(ServerHttpRequest request) {
        var values = request.getHeaders().getOrEmpty(TraceParent.HEADER);
        return values.size() == 1 ? values.getFirst() : null;
    }

    private static Mono<Void> record(
            RequestSpan span, HttpHandler handler, ServerHttpRequest request, ServerHttpResponse response) {
        return handler.handle(request, response)
                .doFinally(signal -> {
                    var status = response.getStatusCode();
                    span.end(signal, status == null ? null : status.value());
                })
                .contextWrite(context -> context.put(RequestSpan.class, span));
    }

    /** Before the filter that follows the connections of a request. */
    @Bean
    @Order(Ordered.HIGHEST_PRECEDENCE)
    WebFilter statementSpans() {
        return (exchange, chain) -> Mono.deferContextual(context -> {
            context.<RequestSpan>getOrEmpty(RequestSpan.class).ifPresent(span -> span.observe(exchange));
            return chain.filter(exchange);
        });
    }

    static final class HasEndpoint implements Condition {

        @Override
        public boolean matches(ConditionContext context, AnnotatedTypeMetadata metadata) {
            return StringUtils.hasText(context.getEnvironment().getProperty("kinoteka.catalog.tracing.endpoint"));
        }
    }
}
