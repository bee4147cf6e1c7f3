package kinoteka.gateway.tracing;

import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.common.AttributesBuilder;
import io.opentelemetry.api.trace.SpanKind;
import java.net.URI;
import java.time.Clock;
import java.time.Instant;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import kinoteka.gateway.request.Ending;
import kinoteka.gateway.request.RequestListener;
import kinoteka.gateway.request.RequestRecord;
import kinoteka.gateway.upstream.CallRecord;
import kinoteka.tracing.Span;
import org.springframework.http.HttpStatus;

/**
 * Makes the spans of a request from its record when it has ended: one of the request, and one of each call of an instance. So a request
 * whose spans are not recorded costs a comparison. Names and attributes follow the semantic conventions of OpenTelemetry for HTTP; they
 * contain neither paths with ids nor queries.
 */
final class RequestSpans implements RequestListener {

    private static final AttributeKey<String> METHOD = AttributeKey.stringKey("http.request.method");
    private static final AttributeKey<String> ROUTE = AttributeKey.stringKey("http.route");
    private static final AttributeKey<Long> STATUS = AttributeKey.longKey("http.response.status_code");
    private static final AttributeKey<Long> REQUEST_SIZE = AttributeKey.longKey("http.request.body.size");
    private static final AttributeKey<Long> RESPONSE_SIZE = AttributeKey.longKey("http.response.body.size");
    private static final AttributeKey<String> PROTOCOL_VERSION = AttributeKey.stringKey("network.protocol.version");
    private static final AttributeKey<String> ERROR = AttributeKey.stringKey("error.type");
    private static final AttributeKey<String> ADDRESS = AttributeKey.stringKey("server.address");
    private static final AttributeKey<Long> PORT = AttributeKey.longKey("server.port");
    private static final AttributeKey<Long> RESENT = AttributeKey.longKey("http.request.resend_count");

    /** Any other method is {@code _OTHER}, so that clients cannot create names. */
    private static final Set<String> METHODS =
            Set.of("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS", "TRACE", "CONNECT");

    private final Consumer<Span> export;
    private final Clock clock;
    private final LongSupplier nanoClock;

    /**
     * Creates spans for this export.
     *
     * @param nanoClock the clock of the records, which is compared with the other one when a request has ended
     */
    RequestSpans(Consumer<Span> export, Clock clock, LongSupplier nanoClock) {
        this.export = export;
        this.clock = clock;
        this.nanoClock = nanoClock;
    }

    @Override
    public void onRequestEnded(RequestRecord request) {
        if (request.trace().recorded()) {
            record(request);
        }
    }

    private void record(RequestRecord request) {
        var now = nanos(clock.instant());
        var offset = now - nanoClock.getAsLong();
        var method = METHODS.contains(request.method()) ? request.method() : "_OTHER";
        var resent = 0;
        for (var attempt : request.call().recorded()) {
            export.accept(client(request, method, attempt, resent++, now, offset));
        }
        export.accept(server(request, method, now));
    }

    private static Span server(RequestRecord request, String method, long now) {
        var trace = request.trace();
        var endpoint = request.endpoint();
        var attributes = Attributes.builder()
                .put(METHOD, method)
                .put(STATUS, request.status())
                .put(REQUEST_SIZE, request.bytesReceived())
                .put(RESPONSE_SIZE, request.bytesSent());
        var protocol = request.origin().protocol();
        if (protocol.startsWith("HTTP/")) {
            attributes.put(PROTOCOL_VERSION, protocol.substring(protocol.indexOf('/') + 1));
        }
        if (endpoint != null) {
            attributes.put(ROUTE, endpoint.pattern());
        }
        var isError = request.status() >= HttpStatus.INTERNAL_SERVER_ERROR.value();
        putError(request, isError, attributes);
        return new Span(
                trace.traceId(),
                trace.spanId(),
                trace.parentId(),
                SpanKind.SERVER,
                endpoint == null ? method : method + " " + endpoint.pattern(),
                now - request.nanos(),
                now,
                isError,
                attributes.build());
    }

    private static void putError(RequestRecord request, boolean isError, AttributesBuilder attributes) {
        var problem = request.problem();
        if (problem != null) {
            attributes.put(ERROR, problem.type());
        } else if (request.ending() != Ending.COMPLETED) {
            attributes.put(ERROR, request.ending().name().toLowerCase(Locale.ROOT));
        } else if (isError) {
            attributes.put(ERROR, Integer.toString(request.status()));
        }
    }

    private static Span client(
            RequestRecord request, String method, CallRecord.Attempt attempt, int resent, long now, long offset) {
        var instance = URI.create(attempt.instance());
        var attributes = Attributes.builder()
                .put(METHOD, method)
                .put(ADDRESS, instance.getHost())
                .put(PORT, port(instance));
        if (resent > 0) {
            attributes.put(RESENT, resent);
        }
        var result = attempt.result();
        var status = result == null ? 0 : result.status();
        if (status > 0) {
            attributes.put(STATUS, status);
        }
        if (status >= HttpStatus.BAD_REQUEST.value()) {
            attributes.put(ERROR, Integer.toString(status));
        } else if (result != null && result.failure() != null) {
            attributes.put(ERROR, result.failure().label());
        } else if (status == 0) {
            attributes.put(ERROR, "cancelled");
        }
        return new Span(
                request.trace().traceId(),
                attempt.spanId(),
                request.trace().spanId(),
                SpanKind.CLIENT,
                method,
                attempt.start() + offset,
                result == null ? now : result.end() + offset,
                status == 0 || status >= HttpStatus.BAD_REQUEST.value(),
                attributes.build());
    }

    private static long port(URI instance) {
        if (instance.getPort() >= 0) {
            return instance.getPort();
        }
        return "https".equals(instance.getScheme()) ? 443 : 80;
    }

    private static long nanos(Instant time) {
        return TimeUnit.SECONDS.toNanos(time.getEpochSecond()) + time.getNano();
    }
}
