package kinoteka.catalog;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;
import org.springframework.http.MediaType;
import org.springframework.test.web.reactive.server.WebTestClient;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.MissingNode;

/** Speaks to the catalogue as one caller. */
public final class Api {

    private static final JsonMapper JSON = JsonMapper.builder()
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .build();

    /** Several resources, which only a gateway reads. */
    private static final MediaType BATCH = MediaType.valueOf("application/vnd.kinoteka.batch");

    private final WebTestClient http;
    private final String base;
    private final Consumer<HttpHeaders> caller;

    /**
     * A response.
     *
     * @param body as JSON; missing if there is none, or if it is binary
     * @param text the bytes of the body, as UTF-8
     */
    public record Answer(int status, HttpHeaders headers, JsonNode body, String text) {

        /** Of a created thing or a read one. */
        public long id() {
            return body.get("id").asLong();
        }

        public String etag() {
            return String.valueOf(headers.getETag());
        }

        /** Name of the problem's type. */
        public String problem() {
            return body.path("type").asString("").replace("/problems/", "");
        }

        /** Name of the first field that is to blame. */
        public String field() {
            return body.path("errors").path(0).path("field").asString("");
        }
    }

    private Api(WebTestClient http, String base, Consumer<HttpHeaders> caller) {
        this.http = http;
        this.base = base;
        this.caller = caller;
    }

    /** Without a token. */
    public static Api at(int port) {
        return new Api(
                WebTestClient.bindToServer()
                        .codecs(codecs -> codecs.defaultCodecs().maxInMemorySize(64 * 1024 * 1024))
                        .responseTimeout(Duration.ofSeconds(30))
                        .build(),
                "http://localhost:" + port,
                headers -> {});
    }

    public Api as(Consumer<HttpHeaders> token) {
        return new Api(http, base, caller.andThen(token));
    }

    /** With one header more. */
    public Api with(String header, String value) {
        return new Api(http, base, caller.andThen(headers -> headers.set(header, value)));
    }

    public Answer get(String path) {
        return send(HttpMethod.GET, path, null);
    }

    public Answer post(String path, String body) {
        return send(HttpMethod.POST, path, body);
    }

    public Answer put(String path, String body) {
        return send(HttpMethod.PUT, path, body);
    }

    public Answer patch(String path, String body) {
        return send(HttpMethod.PATCH, path, body);
    }

    public Answer delete(String path) {
        return send(HttpMethod.DELETE, path, null);
    }

    public Answer send(HttpMethod method, String path, @Nullable String body) {
        var request = http.method(method).uri(URI.create(base + path)).headers(caller);
        if (body != null) {
            request.contentType(MediaType.APPLICATION_JSON).bodyValue(body);
        }
        var result = request.exchange().expectBody().returnResult();
        var content = result.getResponseBodyContent();
        return new Answer(
                result.getStatus().value(),
                result.getResponseHeaders(),
                content == null || content.length == 0 || isBinary(result.getResponseHeaders())
                        ? MissingNode.getInstance()
                        : JSON.readTree(content),
                content == null ? "" : new String(content, StandardCharsets.UTF_8));
    }

    private static boolean isBinary(HttpHeaders response) {
        return BATCH.equals(response.getContentType());
    }
}
