package kinoteka.catalog.batch;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import kinoteka.catalog.client.PrimaryReads;
import kinoteka.catalog.representation.Representations;
import org.jspecify.annotations.Nullable;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.http.HttpMethod;
import org.springframework.http.MediaType;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.http.server.reactive.observation.ServerRequestObservationContext;
import org.springframework.stereotype.Component;
import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.server.WebFilter;
import org.springframework.web.server.WebFilterChain;
import reactor.core.publisher.Mono;

/**
 * Responds to a gateway that reads several resources at once: {@code GET /batch/movie?ids=1,2,3}. For everybody else the path does not exist.
 * It is a filter ahead of all that only requests of clients need: tokens, handlers, arguments, negotiation.
 *
 * <p>The resources that exist, without those that are large, follow one another, in any order: the id (8 bytes), the length of the entity
 * tag (2 bytes), the tag, the length of the JSON (4 bytes), and the JSON. Tag and JSON are those that a read of the resource alone has.
 */
@Component
@Order(Ordered.HIGHEST_PRECEDENCE + 3) // inside database.failure.ReadRetryFilter, which repeats reads
class BatchFilter implements WebFilter {

    static final MediaType TYPE = new MediaType("application", "vnd.kinoteka.batch");

    private static final String PREFIX = "/batch/";
    private static final String QUERY = "ids=";

    /** More than a gateway asks for. */
    private static final int MAX_SIZE = 256;

    private static final int MAX_DIGITS = 18;
    private static final int SIZE_OF_ONE = 1024;

    /** The largest JSON that is sent with others, in bytes: their clients must not wait for it. */
    private static final int LARGEST = 16 * 1024;

    /** Longer bodies are not begun, in bytes. */
    private static final int LARGEST_BODY = 256 * 1024;

    private final Map<String, BatchSource<?>> sources;
    private final PrimaryReads primaryReads;
    private final Representations representations;

    BatchFilter(List<BatchSource<?>> sources, PrimaryReads primaryReads, Representations representations) {
        this.sources =
                sources.stream().collect(Collectors.toMap(source -> PREFIX + source.name(), Function.identity()));
        this.primaryReads = primaryReads;
        this.representations = representations;
    }

    @Override
    public Mono<Void> filter(ServerWebExchange exchange, WebFilterChain chain) {
        var request = exchange.getRequest();
        var path = request.getPath().value();
        if (!path.startsWith(PREFIX)) {
            return chain.filter(exchange);
        }
        var source = sources.get(path);
        var ids = ids(request);
        return source != null
                        && ids != null
                        && request.getMethod().equals(HttpMethod.GET)
                        && primaryReads.isRequestedByGatewayItself(request.getHeaders())
                ? respond(exchange, source, ids)
                : chain.filter(exchange);
    }

    private <R extends Record> Mono<Void> respond(ServerWebExchange exchange, BatchSource<R> source, Set<Long> ids) {
        ServerRequestObservationContext.findCurrent(exchange.getAttributes())
                .ifPresent(context -> context.setPathPattern(PREFIX + source.name()));
        var response = exchange.getResponse();
        return source.findByIds(ids)
                .collect(
                        () -> new ByteArrayOutputStream(ids.size() * SIZE_OF_ONE),
                        (body, resource) -> write(source.id(resource), resource, body))
                .flatMap(body -> {
                    var headers = response.getHeaders();
                    headers.setContentType(TYPE);
                    headers.setContentLength(body.size());
                    source.addHeaders(headers);
                    representations.addReadHeaders(headers);
                    primaryReads.state(headers);
                    return response.writeWith(
                            Mono.fromSupplier(() -> response.bufferFactory().wrap(body.toByteArray())));
                });
    }

    private void write(long id, Record resource, ByteArrayOutputStream body) {
        var json = representations.write(resource, MediaType.APPLICATION_JSON);
        if (json.length > LARGEST || body.size() + json.length > LARGEST_BODY) {
            return; // the gateway reads it alone
        }
        var etag = representations.etag(resource, json).getBytes(ISO_8859_1);
        var prefix = ByteBuffer.allocate(Long.BYTES + Short.BYTES + etag.length + Integer.BYTES)
                .putLong(id)
                .putShort((short) etag.length)
                .put(etag)
                .putInt(json.length);
        body.writeBytes(prefix.array());
        body.writeBytes(json);
    }

    /** Returns the ids of the query; null if it is not valid. */
    private static @Nullable Set<Long> ids(ServerHttpRequest request) {
        @Nullable String query = request.getURI().getRawQuery();
        if (query == null || !query.startsWith(QUERY)) {
            return null;
        }
        var ids = new LinkedHashSet<Long>();
        for (var id : query.substring(QUERY.length()).split(",", MAX_SIZE + 1)) {
            if (id.isEmpty()
                    || id.length() > MAX_DIGITS
                    || !id.chars().allMatch(digit -> digit >= '0' && digit <= '9')) {
                return null;
            }
            ids.add(Long.parseLong(id));
        }
        return ids.size() > MAX_SIZE ? null : ids;
    }
}
