package kinoteka.catalog.idempotency;

import java.nio.ByteBuffer;
import java.util.List;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatusCode;
import org.springframework.http.server.reactive.ServerHttpResponse;
import reactor.core.publisher.Mono;

/**
 * A response as the first request with a key got it.
 *
 * @param headers of the representation, such as {@code Location}, {@code ETag} and {@code Content-Type}: one
 *     {@code "Name: value"} each, in the order in which they were sent. Headers of the connection, such as {@code Date}, are
 *     not among them
 */
record StoredResponse(int status, List<String> headers, ByteBuffer body) {

    private static final String SEPARATOR = ": ";

    static StoredResponse of(HttpStatusCode status, HttpHeaders headers, byte[] body) {
        var lines = headers.headerSet().stream()
                .flatMap(header -> header.getValue().stream().map(value -> header.getKey() + SEPARATOR + value))
                .toList();
        return new StoredResponse(status.value(), lines, ByteBuffer.wrap(body));
    }

    Mono<Void> sendTo(ServerHttpResponse response) {
        response.setStatusCode(HttpStatusCode.valueOf(status));
        for (var line : headers) {
            var end = line.indexOf(SEPARATOR);
            response.getHeaders().add(line.substring(0, end), line.substring(end + SEPARATOR.length()));
        }
        return response.writeWith(
                Mono.fromSupplier(() -> response.bufferFactory().wrap(body.duplicate())));
    }
}
