package kinoteka.catalog.representation;

import java.util.List;
import java.util.Map;
import kinoteka.catalog.client.PrimaryReads;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Publisher;
import org.springframework.core.ResolvableType;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ReactiveHttpOutputMessage;
import org.springframework.http.codec.HttpMessageWriter;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.http.server.reactive.ServerHttpResponse;
import reactor.core.publisher.Mono;

/**
 * Writes the resources that controllers return: a single one with its {@code ETag}, or 304 if the client has it already; a
 * list as a stream.
 */
class JsonWriter implements HttpMessageWriter<Record> {

    private static final List<MediaType> TYPES = List.of(MediaType.APPLICATION_JSON, MediaType.APPLICATION_NDJSON);

    private static final String FOR_ONE = "private, no-cache";

    private final Representations representations;
    private final ElementStream elements;
    private final PrimaryReads primaryReads;

    JsonWriter(Representations representations, ElementStream elements, PrimaryReads primaryReads) {
        this.representations = representations;
        this.elements = elements;
        this.primaryReads = primaryReads;
    }

    @Override
    public List<MediaType> getWritableMediaTypes() {
        return TYPES;
    }

    @Override
    public boolean canWrite(ResolvableType elementType, @Nullable MediaType mediaType) {
        return Record.class.isAssignableFrom(elementType.toClass())
                && (mediaType == null || TYPES.stream().anyMatch(mediaType::isCompatibleWith));
    }

    @Override
    public Mono<Void> write(
            Publisher<? extends Record> resources,
            ResolvableType actualType,
            ResolvableType elementType,
            @Nullable MediaType mediaType,
            ServerHttpRequest request,
            ServerHttpResponse response,
            Map<String, Object> hints) {
        response.getHeaders().add(HttpHeaders.VARY, HttpHeaders.ACCEPT);
        if (isRead(request.getMethod())) {
            addCacheControl(request.getHeaders(), response.getHeaders());
        }
        if (resources instanceof Mono<? extends Record> one) {
            return one.flatMap(resource -> writeOne(resource, typeOf(response, mediaType), request, response));
        }
        return write(resources, elementType, mediaType, response, hints);
    }

    @Override
    public Mono<Void> write(
            Publisher<? extends Record> resources,
            ResolvableType elementType,
            @Nullable MediaType mediaType,
            ReactiveHttpOutputMessage message,
            Map<String, Object> hints) {
        var type = typeOf(message, mediaType);
        return message.writeWith(elements.write(resources, type, message.bufferFactory()));
    }

    private static void addCacheControl(HttpHeaders request, HttpHeaders response) {
        if (response.getCacheControl() == null) {
            response.setCacheControl(
                    request.containsHeader(HttpHeaders.AUTHORIZATION) ? FOR_ONE : Representations.FOR_EVERYBODY);
        }
    }

    /** Single resources are always read from the primary. */
    private Mono<Void> writeOne(
            Record resource, MediaType type, ServerHttpRequest request, ServerHttpResponse response) {
        var content = representations.write(resource, type);
        var etag = representations.etag(resource, content);
        response.getHeaders().setETag(etag);
        if (primaryReads.isRequested(request.getHeaders())) {
            primaryReads.state(response.getHeaders());
        }
        if (isRead(request.getMethod()) && isKnown(etag, request.getHeaders())) {
            response.setStatusCode(HttpStatus.NOT_MODIFIED);
            response.getHeaders().remove(HttpHeaders.CONTENT_TYPE);
            return response.setComplete();
        }
        response.getHeaders().setContentLength(content.length);
        return response.writeWith(
                Mono.fromSupplier(() -> response.bufferFactory().wrap(content)));
    }

    private static boolean isRead(HttpMethod method) {
        return method.equals(HttpMethod.GET) || method.equals(HttpMethod.HEAD);
    }

    /** Whether {@code If-None-Match} lists this tag; the comparison is weak (RFC 9110, section 13.1.2). */
    private static boolean isKnown(String etag, HttpHeaders request) {
        return Representations.tags(HttpHeaders.IF_NONE_MATCH, request).stream()
                .anyMatch(tag -> tag.equals("*") || tag.equals(etag) || tag.equals("W/" + etag));
    }

    private static MediaType typeOf(ReactiveHttpOutputMessage message, @Nullable MediaType negotiated) {
        var type = negotiated != null
                        && negotiated.isCompatibleWith(MediaType.APPLICATION_NDJSON)
                        && negotiated.isConcrete()
                ? MediaType.APPLICATION_NDJSON
                : MediaType.APPLICATION_JSON;
        message.getHeaders().setContentType(type);
        return type;
    }
}
