package kinoteka.people.api;

import java.io.IOException;
import java.net.InetAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpHeaders;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A client of the library's API through its gateway. Thread-safe; each request blocks the calling thread. */
public final class ApiClient implements AutoCloseable {

    private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(5);

    /** Longer than the gateway's own response timeout, so that the client receives the gateway's 504. */
    private static final Duration RESPONSE_TIMEOUT = Duration.ofSeconds(30);

    private static final int PAGE_SIZE = 500;

    private final URI baseUri;
    private final JsonMapper json = new JsonMapper();
    private final List<HttpClient> clients;
    private final AtomicInteger requests = new AtomicInteger();

    /**
     * Opens no connection; the first request does.
     *
     * @param baseUri scheme, host and port of the gateway
     */
    public ApiClient(URI baseUri) {
        this.baseUri = baseUri;
        this.clients =
                SourceAddresses.to(baseUri.getHost()).map(ApiClient::client).toList();
    }

    /**
     * Sends a request and returns its response. A network error or a timeout is not thrown but returned as a response with
     * the status {@link ApiResponse#NO_RESPONSE}, so that it is counted like any other failed request.
     */
    public ApiResponse send(ApiRequest request) throws InterruptedException {
        var start = System.nanoTime();
        try {
            var http = clients.get(Math.floorMod(requests.getAndIncrement(), clients.size()));
            var response = http.send(toHttpRequest(request), BodyHandlers.ofByteArray());
            var duration = Duration.ofNanos(System.nanoTime() - start);
            return new ApiResponse(response.statusCode(), response.headers(), parse(response.body()), duration);
        } catch (IOException failure) {
            return new ApiResponse(
                    ApiResponse.NO_RESPONSE,
                    HttpHeaders.of(Map.of(), (name, value) -> true),
                    json.createObjectNode().put("detail", failure.toString()),
                    Duration.ofNanos(System.nanoTime() - start));
        }
    }

    /**
     * Returns the first elements of a list, following the links to the next pages.
     *
     * @param limit maximum number of elements
     * @throws IllegalStateException if the status of a page is not 200
     */
    public List<JsonNode> list(ApiRequest firstPage, int limit) throws InterruptedException {
        var elements = new ArrayList<JsonNode>();
        var path =
                firstPage.path() + (firstPage.path().contains("?") ? "&" : "?") + "limit=" + Math.min(PAGE_SIZE, limit);
        while (true) {
            var page = send(new ApiRequest("GET", path, firstPage.token(), null, Map.of()));
            if (page.status() != 200) {
                throw new IllegalStateException("GET " + baseUri + path + ": " + page.status() + " "
                        + page.text("detail") + " (expected: 200)");
            }
            page.body().forEach(elements::add);
            var nextPage = page.nextPage();
            if (elements.size() >= limit || nextPage.isEmpty()) {
                return elements.subList(0, Math.min(limit, elements.size()));
            }
            path = nextPage.get();
        }
    }

    @Override
    public void close() {
        clients.forEach(HttpClient::close);
    }

    private static HttpClient client(Optional<InetAddress> source) {
        var builder =
                HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).connectTimeout(CONNECT_TIMEOUT);
        source.ifPresent(builder::localAddress);
        return builder.build();
    }

    private HttpRequest toHttpRequest(ApiRequest request) {
        var body = request.body();
        var builder = HttpRequest.newBuilder(baseUri.resolve(request.path()))
                .timeout(RESPONSE_TIMEOUT)
                .header("Accept", "application/json")
                .method(
                        request.method(),
                        body == null
                                ? BodyPublishers.noBody()
                                : BodyPublishers.ofString(json.writeValueAsString(body)));
        if (body != null) {
            builder.header("Content-Type", "application/json");
        }
        var token = request.token();
        if (token != null) {
            builder.header("Authorization", "Bearer " + token);
        }
        request.headers().forEach(builder::header);
        return builder.build();
    }

    private JsonNode parse(byte[] body) {
        try {
            return json.readTree(body);
        } catch (JacksonException notJson) {
            return json.missingNode();
        }
    }
}
