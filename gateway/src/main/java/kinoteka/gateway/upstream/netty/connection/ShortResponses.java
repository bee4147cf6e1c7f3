package kinoteka.gateway.upstream.netty.connection;

import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpResponseStatus;
import java.util.List;

/**
 * Which responses are read completely before they are passed on: those that say that they are short, and are of a type that means
 * something only as a whole. Every other response is a stream.
 */
final class ShortResponses {

    /** Bytes. Such a response arrives in one packet or a few. */
    static final int LONGEST = 16 * 1024;

    private static final int STREAM = -1;
    private static final List<String> STREAMED_TYPES = List.of("text/event-stream", "application/x-ndjson");

    private ShortResponses() {}

    /** Bytes of the body of a short response; negative for a stream. */
    static int length(HttpMethod method, HttpResponse response) {
        if (method.equals(HttpMethod.HEAD)
                || response.status().equals(HttpResponseStatus.NO_CONTENT)
                || response.status().equals(HttpResponseStatus.NOT_MODIFIED)) {
            return 0;
        }
        var length = response.headers().get(HttpHeaderNames.CONTENT_LENGTH);
        if (length == null || response.headers().contains(HttpHeaderNames.TRANSFER_ENCODING) || isStreamed(response)) {
            return STREAM;
        }
        var bytes = Long.parseLong(length); // the decoder has accepted it
        return bytes > LONGEST ? STREAM : (int) bytes;
    }

    private static boolean isStreamed(HttpResponse response) {
        var type = response.headers().get(HttpHeaderNames.CONTENT_TYPE, "");
        for (var streamed : STREAMED_TYPES) {
            if (type.regionMatches(true, 0, streamed, 0, streamed.length())) {
                return true;
            }
        }
        return false;
    }
}
