package kinoteka.gateway.compression;

import java.util.Locale;
import java.util.Set;
import java.util.function.Function;
import kinoteka.gateway.compression.codec.Coding;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Publisher;
import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;
import org.springframework.http.HttpStatus;
import org.springframework.http.HttpStatusCode;
import org.springframework.http.server.reactive.ServerHttpResponse;
import org.springframework.http.server.reactive.ServerHttpResponseDecorator;
import reactor.core.publisher.Mono;

/** A response that is compressed if it can be, and says that it varies with {@code Accept-Encoding} even if it is not. */
final class CompressedResponse extends ServerHttpResponseDecorator {

    /** Responses without a body, or with a part of one. */
    private static final Set<Integer> NOT_COMPRESSED =
            Set.of(HttpStatus.NO_CONTENT.value(), HttpStatus.RESET_CONTENT.value(), HttpStatus.PARTIAL_CONTENT.value());

    private final HttpMethod method;
    private final @Nullable Coding coding;
    private final @Nullable CompressedBody compressed;
    private final long minSize;
    private final String ifNoneMatch;

    /**
     * Creates a response.
     *
     * @param coding in which the client accepts the body; null for none
     * @param compressed null if there is no coding
     * @param minSize in bytes
     * @param ifNoneMatch the condition as the client sent it
     */
    CompressedResponse(
            ServerHttpResponse response,
            HttpMethod method,
            @Nullable Coding coding,
            @Nullable CompressedBody compressed,
            long minSize,
            String ifNoneMatch) {
        super(response);
        this.method = method;
        this.coding = coding;
        this.compressed = compressed;
        this.minSize = minSize;
        this.ifNoneMatch = ifNoneMatch;
    }

    @Override
    public Mono<Void> writeWith(Publisher<? extends DataBuffer> body) {
        if (isNotModified()) {
            describeNotModified();
            return super.writeWith(body);
        }
        if (!isCompressible()) {
            return super.writeWith(body);
        }
        getHeaders().add(HttpHeaders.VARY, HttpHeaders.ACCEPT_ENCODING);
        var length = getHeaders().getContentLength();
        if (coding == null || compressed == null || (length >= 0 && length < minSize)) {
            return super.writeWith(body);
        }
        if (body instanceof Mono<? extends DataBuffer> whole) {
            return super.writeWith(whole.map(buffer -> compress(buffer, coding, compressed)));
        }
        describe(coding);
        return method.equals(HttpMethod.HEAD)
                ? super.writeWith(body)
                : compressed.write(body, chunks -> super.writeWith(chunks));
    }

    private DataBuffer compress(DataBuffer whole, Coding in, CompressedBody by) {
        if (whole.readableByteCount() < minSize) {
            return whole;
        }
        var buffer = by.compress(whole);
        describe(in);
        getHeaders().setContentLength(buffer.readableByteCount());
        return buffer;
    }

    @Override
    public Mono<Void> setComplete() {
        if (isNotModified()) {
            describeNotModified();
        }
        return super.setComplete();
    }

    private void describe(Coding in) {
        var headers = getHeaders();
        headers.set(HttpHeaders.CONTENT_ENCODING, in.token());
        headers.remove(HttpHeaders.CONTENT_LENGTH);
        var tag = headers.getFirst(HttpHeaders.ETAG);
        if (tag != null) {
            headers.set(HttpHeaders.ETAG, EntityTags.compressed(tag, in));
        }
    }

    private boolean isNotModified() {
        return HttpStatus.NOT_MODIFIED.isSameCodeAs(status());
    }

    /** Names the response that the client has, with the headers that it had (RFC 9110, 15.4.5). */
    private void describeNotModified() {
        var headers = getHeaders();
        headers.add(HttpHeaders.VARY, HttpHeaders.ACCEPT_ENCODING);
        var tag = headers.getFirst(HttpHeaders.ETAG);
        if (tag != null && coding != null) {
            var compressedTag = EntityTags.compressed(tag, coding);
            if (ifNoneMatch.contains(compressedTag)) {
                headers.set(HttpHeaders.ETAG, compressedTag);
            }
        }
    }

    private HttpStatusCode status() {
        var status = getStatusCode();
        return status == null ? HttpStatus.OK : status;
    }

    private boolean isCompressible() {
        return isCompressible(status().value(), getHeaders()::getFirst);
    }

    /**
     * Whether a response may be compressed for clients that accept it.
     *
     * @param headers finds the first value of a header; null if there is none
     */
    static boolean isCompressible(int status, Function<String, @Nullable String> headers) {
        var type = headers.apply(HttpHeaders.CONTENT_TYPE);
        var caching = headers.apply(HttpHeaders.CACHE_CONTROL);
        return type != null
                && isText(type.toLowerCase(Locale.ROOT))
                && !NOT_COMPRESSED.contains(status)
                && headers.apply(HttpHeaders.CONTENT_ENCODING) == null
                && (caching == null || !caching.toLowerCase(Locale.ROOT).contains("no-transform"));
    }

    /** Events are to arrive one by one, in proxies and browsers that do not decompress them one by one, either. */
    private static boolean isText(String type) {
        var parameters = type.indexOf(';');
        var name = (parameters < 0 ? type : type.substring(0, parameters)).strip();
        return (name.startsWith("text/") && !name.equals("text/event-stream"))
                || name.equals("application/json")
                || name.equals("application/x-ndjson")
                || name.equals("application/javascript")
                || name.endsWith("+json")
                || name.endsWith("+xml");
    }
}
