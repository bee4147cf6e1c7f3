package kinoteka.gateway.streaming;

import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaders;
import java.util.List;

/**
 * The rule that tells a stream from a small whole. An answer is a stream, passed on as it comes, unless it says that it
 * is short and of a type that means something only as a whole.
 */
public final class Streams {

    /** Bytes. Such an answer arrives and leaves in one packet or a few. */
    private static final long LONGEST_WHOLE = 16 * 1024;

    private static final List<String> STREAMED_TYPES = List.of("text/event-stream", "application/x-ndjson");

    private Streams() {}

    /** Whether an upstream's answer with these headers is a stream. */
    public static boolean isStream(HttpHeaders headers) {
        var length = headers.get(HttpHeaderNames.CONTENT_LENGTH);
        if (length == null || length.length() > 5 || Integer.parseInt(length) > LONGEST_WHOLE) {
            return true;
        }
        var type = headers.get(HttpHeaderNames.CONTENT_TYPE, "");
        return STREAMED_TYPES.stream()
                .anyMatch(streamed -> type.regionMatches(true, 0, streamed, 0, streamed.length()));
    }
}
