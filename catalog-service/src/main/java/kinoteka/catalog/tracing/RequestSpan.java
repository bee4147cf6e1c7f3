package kinoteka.catalog.tracing;

import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.trace.SpanKind;
import java.time.Instant;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import kinoteka.catalog.database.request.StatementObserver;
import kinoteka.tracing.Span;
import kinoteka.tracing.TraceIds;
import kinoteka.tracing.TraceParent;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.web.reactive.HandlerMapping;
import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.util.pattern.PathPattern;
import reactor.core.publisher.SignalType;

/**
 * The span of a request in progress, whose statements become spans of their own. Names and attributes follow the semantic conventions of
 * OpenTelemetry for HTTP and for databases; they contain neither paths with ids nor values of parameters.
 */
final class RequestSpan implements StatementObserver {

    private static final AttributeKey<String> METHOD = AttributeKey.stringKey("http.request.method");
    private static final AttributeKey<String> ROUTE = AttributeKey.stringKey("http.route");
    private static final AttributeKey<Long> STATUS = AttributeKey.longKey("http.response.status_code");
    private static final AttributeKey<String> ERROR = AttributeKey.stringKey("error.type");
    private static final AttributeKey<String> SYSTEM = AttributeKey.stringKey("db.system.name");
    private static final AttributeKey<String> QUERY = AttributeKey.stringKey("db.query.text");
    private static final AttributeKey<String> OPERATION = AttributeKey.stringKey("db.operation.name");

    private final Consumer<Span> export;
    private final TraceParent parent;
    private final String spanId = TraceIds.span();
    private final String method;
    private final long start = System.nanoTime();
    private final long startOfEpoch;
    private volatile @Nullable ServerWebExchange exchange;

    /** Begins the span of a request that belongs to this trace. */
    RequestSpan(Consumer<Span> export, TraceParent parent, ServerHttpRequest request) {
        this.export = export;
        this.parent = parent;
        this.method = request.getMethod().name();
        var now = Instant.now();
        startOfEpoch = TimeUnit.SECONDS.toNanos(now.getEpochSecond()) + now.getNano() - start;
    }

    /** Observes the statements of this exchange, and reads the pattern of its path when the request has ended. */
    void observe(ServerWebExchange observed) {
        exchange = observed;
        assignTo(observed);
    }

    @Override
    public void onStatement(String sql, long statementStart, boolean isComplete) {
        var operation = operation(sql);
        var attributes = Attributes.builder()
                .put(SYSTEM, "postgresql")
                .put(OPERATION, operation)
                .put(QUERY, sql);
        if (!isComplete) {
            attributes.put(ERROR, "_OTHER");
        }
        export.accept(new Span(
                parent.traceId(),
                TraceIds.span(),
                spanId,
                SpanKind.CLIENT,
                operation,
                statementStart + startOfEpoch,
                System.nanoTime() + startOfEpoch,
                !isComplete,
                attributes.build()));
    }

    private static String operation(String sql) {
        var text = sql.strip();
        var end = 0;
        while (end < text.length() && Character.isLetter(text.charAt(end))) {
            end++;
        }
        return text.substring(0, end).toUpperCase(Locale.ROOT);
    }

    /**
     * Ends the span.
     *
     * @param status of the response; null if none was set
     */
    void end(SignalType signal, @Nullable Integer status) {
        var attributes = Attributes.builder().put(METHOD, method);
        var route = route();
        if (route != null) {
            attributes.put(ROUTE, route);
        }
        var isError =
                signal == SignalType.ON_ERROR || (status != null && status >= HttpStatus.INTERNAL_SERVER_ERROR.value());
        if (status != null) {
            attributes.put(STATUS, status);
        }
        if (signal == SignalType.CANCEL) {
            attributes.put(ERROR, "client_disconnected");
        } else if (isError) {
            attributes.put(ERROR, String.valueOf(status));
        }
        export.accept(new Span(
                parent.traceId(),
                spanId,
                parent.spanId(),
                SpanKind.SERVER,
                route == null ? method : method + " " + route,
                start + startOfEpoch,
                System.nanoTime() + startOfEpoch,
                isError,
                attributes.build()));
    }

    private @Nullable String route() {
        var observed = exchange;
        return observed != null
                        && observed.getAttribute(HandlerMapping.BEST_MATCHING_PATTERN_ATTRIBUTE)
                                instanceof PathPattern pattern
                ? pattern.getPatternString()
                : null;
    }
}
