package kinoteka.people.library;

import java.io.IOException;
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
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The library behind its gateway. Thread-safe; a request blocks the thread that sends it. */
public final class Library implements AutoCloseable {

    /** More than the gateway takes to give up on the catalogue. */
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private static final int PAGE = 500;

    private final URI address;
    private final JsonMapper json = new JsonMapper();
    private final HttpClient client = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(Duration.ofSeconds(5))
            .build();

    /**
     * Connects when it is asked first.
     *
     * @param address of the gateway, scheme and host only
     */
    public Library(URI address) {
        this.address = address;
    }

    /** Never throws because of the library: what does not come is an answer without a status. */
    public Answer answer(Ask ask) throws InterruptedException {
        var began = System.nanoTime();
        try {
            var response = client.send(request(ask), BodyHandlers.ofByteArray());
            var took = Duration.ofNanos(System.nanoTime() - began);
            return new Answer(response.statusCode(), response.headers(), read(response.body()), took);
        } catch (IOException failure) {
            return new Answer(
                    Answer.NONE,
                    HttpHeaders.of(Map.of(), (name, value) -> true),
                    json.createObjectNode().put("detail", failure.toString()),
                    Duration.ofNanos(System.nanoTime() - began));
        }
    }

    /** The first elements of a list, page by page; fails where one is not answered. */
    public List<JsonNode> list(Ask first, int most) throws InterruptedException {
        var elements = new ArrayList<JsonNode>();
        var path = first.path() + (first.path().contains("?") ? "&" : "?") + "limit=" + Math.min(PAGE, most);
        while (true) {
            var page = answer(new Ask("GET", path, first.token(), null, Map.of()));
            if (page.status() != 200) {
                throw new IllegalStateException("GET " + address + path + ": " + page.status() + " "
                        + page.text("detail") + " (expected: 200)");
            }
            page.body().forEach(elements::add);
            var next = page.next();
            if (elements.size() >= most || next.isEmpty()) {
                return elements.subList(0, Math.min(most, elements.size()));
            }
            path = next.get();
        }
    }

    @Override
    public void close() {
        client.close();
    }

    private HttpRequest request(Ask ask) {
        var body = ask.body();
        var request = HttpRequest.newBuilder(address.resolve(ask.path()))
                .timeout(PATIENCE)
                .header("Accept", "application/json")
                .method(
                        ask.method(),
                        body == null
                                ? BodyPublishers.noBody()
                                : BodyPublishers.ofString(json.writeValueAsString(body)));
        if (body != null) {
            request.header("Content-Type", "application/json");
        }
        var token = ask.token();
        if (token != null) {
            request.header("Authorization", "Bearer " + token);
        }
        ask.headers().forEach(request::header);
        return request.build();
    }

    private JsonNode read(byte[] body) {
        try {
            return json.readTree(body);
        } catch (JacksonException notJson) {
            return json.missingNode();
        }
    }
}
