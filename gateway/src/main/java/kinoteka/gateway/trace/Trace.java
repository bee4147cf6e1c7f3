package kinoteka.gateway.trace;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.LongSupplier;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.web.server.ServerWebExchange;

/**
 * The trace context of a request (W3C Trace Context). If the client sent a valid one, its trace is continued with a new span; otherwise a
 * new trace begins.
 *
 * @param traceId 32 lower-case hexadecimal digits, not all zero
 * @param parentId the client's span; null in a new trace
 * @param spanId 16 lower-case hexadecimal digits, not all zero: the span of the gateway, which is the parent of the spans of the upstream
 * @param flags two hexadecimal digits: as the client sent them, {@code 00} (not sampled) in a new trace, or the decision of this gateway
 * @param continued whether the client's trace is continued. Only then is its {@code tracestate} forwarded
 * @param recorded whether spans of this request are recorded
 */
public record Trace(
        String traceId, @Nullable String parentId, String spanId, String flags, boolean continued, boolean recorded) {

    public static final String TRACEPARENT = "traceparent";
    public static final String TRACESTATE = "tracestate";

    private static final String ATTRIBUTE = Trace.class.getName();

    /** Version 00, or a later version, in which further fields may follow the flags. Version ff is invalid. */
    private static final Pattern VALID = Pattern.compile(
            "(?!ff)[0-9a-f]{2}-(?!0{32})([0-9a-f]{32})-(?!0{16})[0-9a-f]{16}-([0-9a-f]{2})((?<!^00.{53})-.*)?");

    private static final int BASE_LENGTH = 55;
    private static final int PARENT = 36;
    private static final int PARENT_LENGTH = 16;
    private static final int DIGITS_OF_LONG = 16;
    private static final int TRACE_DIGITS = 32;
    private static final int SPAN_DIGITS = 16;
    private static final String SAMPLED = "01";
    private static final String NOT_SAMPLED = "00";

    /** Returns the trace of this exchange. The first call for an exchange creates it. */
    public static Trace of(ServerWebExchange exchange) {
        if (exchange.getAttributes().get(ATTRIBUTE) instanceof Trace trace) {
            return trace;
        }
        var sent = exchange.getRequest().getHeaders().getOrEmpty(TRACEPARENT);
        var trace = from(sent);
        exchange.getAttributes().put(ATTRIBUTE, trace);
        return trace;
    }

    /** Continues the client's trace if there is exactly one value and it is valid, otherwise begins a new trace. */
    public static Trace from(List<String> traceparents) {
        return from(traceparents.size() == 1 ? traceparents.getFirst() : null, Trace::random);
    }

    static Trace from(@Nullable String traceparent, LongSupplier random) {
        if (traceparent != null && traceparent.length() >= BASE_LENGTH) {
            var match = VALID.matcher(traceparent);
            if (match.matches()) {
                var parent = traceparent.substring(PARENT, PARENT + PARENT_LENGTH);
                return new Trace(match.group(1), parent, digits(SPAN_DIGITS, random), match.group(2), true, false);
            }
        }
        return new Trace(digits(TRACE_DIGITS, random), null, digits(SPAN_DIGITS, random), NOT_SAMPLED, false, false);
    }

    /** Returns the value of the {@code traceparent} header for the upstream, always in version 00. */
    public String traceparent() {
        return traceparent(spanId);
    }

    /** Returns the value of that header if another span of the gateway is the parent of the spans of the upstream. */
    public String traceparent(String parent) {
        return "00-" + traceId + "-" + parent + "-" + flags;
    }

    boolean isSampledByClient() {
        return continued && (Character.digit(flags.charAt(1), 16) & 1) == 1;
    }

    Trace withDecision(boolean sampled) {
        return new Trace(traceId, parentId, spanId, sampled ? SAMPLED : NOT_SAMPLED, continued, sampled);
    }

    void assignTo(ServerWebExchange exchange) {
        exchange.getAttributes().put(ATTRIBUTE, this);
    }

    private static long random() {
        return ThreadLocalRandom.current().nextLong();
    }

    /** Without an intermediate text for each number, because every request has a trace. */
    private static String digits(int count, LongSupplier random) {
        var text = new byte[count];
        for (var end = DIGITS_OF_LONG; end <= count; end += DIGITS_OF_LONG) {
            var value = random.getAsLong();
            value = value == 0 ? 1 : value;
            for (var i = end - 1; i >= end - DIGITS_OF_LONG; i--, value >>>= 4) {
                text[i] = (byte) Character.forDigit((int) value & 0xf, 16);
            }
        }
        return new String(text, StandardCharsets.ISO_8859_1);
    }
}
