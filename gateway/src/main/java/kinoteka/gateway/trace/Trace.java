package kinoteka.gateway.trace;

import java.util.HexFormat;
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
 * @param spanId 16 lower-case hexadecimal digits, not all zero: the span of the gateway, which is the parent of the spans of the upstream
 * @param flags two hexadecimal digits as the client sent them; {@code 00} (not sampled) in a new trace
 * @param continued whether the client's trace is continued. Only then is its {@code tracestate} forwarded
 */
public record Trace(String traceId, String spanId, String flags, boolean continued) {

    public static final String TRACEPARENT = "traceparent";
    public static final String TRACESTATE = "tracestate";

    private static final String ATTRIBUTE = Trace.class.getName();

    /** Version 00, or a later version, in which further fields may follow the flags. Version ff is invalid. */
    private static final Pattern VALID = Pattern.compile(
            "(?!ff)[0-9a-f]{2}-(?!0{32})([0-9a-f]{32})-(?!0{16})[0-9a-f]{16}-([0-9a-f]{2})((?<!^00.{53})-.*)?");

    private static final int BASE_LENGTH = 55;

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
                return new Trace(match.group(1), digits(random), match.group(2), true);
            }
        }
        return new Trace(digits(random) + digits(random), digits(random), "00", false);
    }

    /** Returns the value of the {@code traceparent} header for the upstream, always in version 00. */
    public String traceparent() {
        return "00-" + traceId + "-" + spanId + "-" + flags;
    }

    private static long random() {
        return ThreadLocalRandom.current().nextLong();
    }

    private static String digits(LongSupplier random) {
        var value = random.getAsLong();
        return HexFormat.of().toHexDigits(value == 0 ? 1 : value);
    }
}
