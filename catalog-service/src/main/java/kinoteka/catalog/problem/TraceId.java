package kinoteka.catalog.problem;

import java.util.HexFormat;
import java.util.concurrent.ThreadLocalRandom;
import java.util.regex.Pattern;
import org.springframework.http.HttpHeaders;

/** The id of the trace that a request belongs to (W3C Trace Context, section 3.2). */
final class TraceId {

    private static final Pattern TRACEPARENT =
            Pattern.compile("(?!ff)[0-9a-f]{2}-(?!0{32})([0-9a-f]{32})-(?!0{16})[0-9a-f]{16}-[0-9a-f]{2}(?:-.*)?");

    private TraceId() {}

    /** 32 hexadecimal digits: the trace id of a valid {@code traceparent} header, or else a random one. */
    static String of(HttpHeaders headers) {
        var traceparents = headers.getOrEmpty("traceparent");
        if (traceparents.size() == 1) {
            var match = TRACEPARENT.matcher(traceparents.getFirst());
            if (match.matches()) {
                return match.group(1);
            }
        }
        var random = ThreadLocalRandom.current();
        var hex = HexFormat.of();
        return hex.toHexDigits(random.nextLong()) + hex.toHexDigits(random.nextLong());
    }
}
