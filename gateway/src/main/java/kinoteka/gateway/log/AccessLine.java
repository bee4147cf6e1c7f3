package kinoteka.gateway.log;

import io.netty.util.NetUtil;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Arrays;
import java.util.Locale;
import kinoteka.gateway.problem.Problem;
import kinoteka.gateway.request.Ending;
import kinoteka.gateway.request.RequestRecord;
import kinoteka.gateway.routing.Endpoint;
import kinoteka.gateway.upstream.FailureReason;
import org.jspecify.annotations.Nullable;

/**
 * The data of one line. It is copied on the event loop and formatted on the thread that writes it. Small, whatever the client has sent.
 *
 * @param time when the request ended, in milliseconds since 1970
 * @param requests how many requests the line stands for, because lines are sampled
 */
record AccessLine(
        long time,
        String protocol,
        @Nullable InetAddress client,
        String method,
        String host,
        @Nullable Endpoint endpoint,
        int status,
        Ending ending,
        @Nullable Problem problem,
        long nanos,
        long nanosToFirstByte,
        long bytesReceived,
        long bytesSent,
        @Nullable String instance,
        int attempts,
        @Nullable FailureReason lastFailure,
        int retries,
        boolean retryBudgetExhausted,
        @Nullable String cache,
        String traceId,
        long requests) {

    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern(
                    "yyyy-MM-dd'T'HH:mm:ss.SSS'Z'", Locale.ROOT)
            .withZone(ZoneOffset.UTC);

    private static final int LONGEST_PROTOCOL = 16;
    private static final int LONGEST_METHOD = 32;
    private static final int LONGEST_HOST = 253;
    private static final int IPV4_BYTES = 3;
    private static final int IPV6_BYTES = 6;

    /** Returns the data of a request that has ended. */
    static AccessLine of(RequestRecord request, long time, long requests) {
        var call = request.call();
        return new AccessLine(
                time,
                shorten(request.origin().protocol(), LONGEST_PROTOCOL),
                request.origin().address(),
                shorten(request.method(), LONGEST_METHOD),
                shorten(request.host(), LONGEST_HOST),
                request.endpoint(),
                request.status(),
                request.ending(),
                request.problem(),
                request.nanos(),
                request.nanosToFirstByte(),
                request.bytesReceived(),
                request.bytesSent(),
                request.instance(),
                call.attempts(),
                call.lastFailure(),
                call.retries(),
                call.isRetryBudgetExhausted(),
                call.cacheStatus(),
                request.trace().traceId(),
                requests);
    }

    private static String shorten(String text, int longest) {
        return text.length() <= longest ? text : text.substring(0, longest);
    }

    /** Appends the line, documented in {@code docs/access-log.md}. A field without a value is omitted. */
    void appendTo(StringBuilder text, LineFormat format) {
        var line = format.begin(text)
                .add("time", TIME.format(Instant.ofEpochMilli(time)))
                .add("log", "access")
                .add("level", "INFO");
        if (client != null) {
            line.add("client", network(client));
        }
        addUnlessEmpty(line, "protocol", protocol);
        addUnlessEmpty(line, "method", method);
        addUnlessEmpty(line, "host", host);
        line.add("endpoint", endpoint == null ? "other" : endpoint.label()).add("status", status);
        if (ending != Ending.COMPLETED) {
            line.add("ending", ending.name().toLowerCase(Locale.ROOT));
        }
        if (problem != null) {
            line.add("problem", problem.type());
        }
        line.addMillis("duration_ms", nanos);
        if (instance != null) {
            line.addMillis("first_byte_ms", nanosToFirstByte);
        }
        line.add("bytes_received", bytesReceived).add("bytes_sent", bytesSent);
        if (instance != null) {
            line.add("instance", instance);
        }
        if (attempts > 0) {
            line.add("attempts", attempts);
        }
        if (lastFailure != null) {
            line.add("last_failure", lastFailure.label());
        }
        if (retries > 0) {
            line.add("retries", retries);
        }
        if (retryBudgetExhausted) {
            line.add("retry_budget", "exhausted");
        }
        if (cache != null) {
            line.add("cache", cache);
        }
        line.add("trace_id", traceId).add("requests", requests).end();
    }

    private static void addUnlessEmpty(LineFormat.Line line, String name, String value) {
        if (!value.isEmpty()) {
            line.add(name, value);
        }
    }

    /** Returns the network of a client: the first 24 bits of an IPv4 address, the first 48 bits of an IPv6 address. */
    static String network(InetAddress client) {
        var significant = client instanceof Inet4Address ? IPV4_BYTES : IPV6_BYTES;
        var bytes = client.getAddress();
        Arrays.fill(bytes, significant, bytes.length, (byte) 0);
        try {
            return NetUtil.toAddressString(InetAddress.getByAddress(bytes)) + "/" + significant * Byte.SIZE;
        } catch (UnknownHostException e) {
            throw new IllegalStateException(e); // only if the length of the array is that of no address
        }
    }
}
