package kinoteka.gateway.upstream.netty.connection;

import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpResponseStatus;
import java.util.List;

/**
 * Determines which responses are read completely before they are forwarded: those whose {@code Content-Length} is short, unless their media
 * type is one of a stream, and those of several resources, which are short each. All other responses are streamed.
 */
final class ShortResponses {

    /** The maximum length of a short body, in bytes. */
    static final int MAX_BYTES = 16 * 1024;

    /** The maximum length of a body with several resources, in bytes; twice what the catalogue sends. */
    private static final int MAX_BATCH_BYTES = 512 * 1024;

    private static final String BATCH_TYPE = "application/vnd.kinoteka.batch";
    private static final int STREAM = -1;
    private static final List<String> STREAMED_TYPES = List.of("text/event-stream", "application/x-ndjson");

    private ShortResponses() {}

    /** Returns the length of the body of a short response, in bytes; -1 if the response is to be streamed. */
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
        var bytes = Long.parseLong(length); // validated by the decoder
        return bytes > (isOfType(response, BATCH_TYPE) ? MAX_BATCH_BYTES : MAX_BYTES) ? STREAM : (int) bytes;
    }

    private static boolean isStreamed(HttpResponse response) {
        for (var streamed : STREAMED_TYPES) {
            if (isOfType(response, streamed)) {
                return true;
            }
        }
        return false;
    }

    private static boolean isOfType(HttpResponse response, String type) {
        return response.headers().get(HttpHeaderNames.CONTENT_TYPE, "").regionMatches(true, 0, type, 0, type.length());
    }
}
