package kinoteka.quickstart.coherence;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import tools.jackson.databind.json.JsonMapper;

/** Films of a year in which the library has no others. The duration of a film is the value that changes. */
public final class Films {

    static final JsonMapper JSON = JsonMapper.shared();

    private static final int YEAR = 2199;

    private final URI gateway;
    private final String token;
    private final HttpClient client =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    /**
     * Creates a client of a gateway.
     *
     * @param token of an editor
     */
    public Films(URI gateway, String token) {
        this.gateway = gateway;
        this.token = token;
    }

    /** Creates a film whose duration is 0, and returns its id. */
    public long create(int number) throws IOException, InterruptedException {
        var created = client.send(
                request("/api/movie")
                        .POST(BodyPublishers.ofString(film(number, 0)))
                        .build(),
                BodyHandlers.ofString());
        return JSON.readTree(created.body()).path("id").longValue();
    }

    HttpResponse<String> update(long id, int number, int duration, String etag)
            throws IOException, InterruptedException {
        return client.send(
                request("/api/movie/" + id)
                        .header("If-Match", etag)
                        .PUT(BodyPublishers.ofString(film(number, duration)))
                        .build(),
                BodyHandlers.ofString());
    }

    /** Reads without credentials, so that the response may come from memory. */
    HttpResponse<String> read(String path) throws IOException, InterruptedException {
        return client.send(read(path, "max-age=3600").build(), BodyHandlers.ofString());
    }

    /** Reads what is current now, so that the catalogue is asked. */
    HttpResponse<String> readAnew(String path) throws IOException, InterruptedException {
        return client.send(read(path, "no-cache").build(), BodyHandlers.ofString());
    }

    /** Asks the catalogue, and disconnects after a while. */
    void leave(String path, Duration stay) throws InterruptedException {
        var response = client.sendAsync(read(path, "no-cache").build(), BodyHandlers.discarding());
        Thread.sleep(stay);
        response.cancel(true);
    }

    private HttpRequest.Builder read(String path, String cacheControl) {
        return HttpRequest.newBuilder(gateway.resolve(path))
                .timeout(Duration.ofSeconds(20))
                .header("Cache-Control", cacheControl);
    }

    static String list() {
        return "/api/movie?limit=100&year=" + YEAR;
    }

    private HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(gateway.resolve(path))
                .timeout(Duration.ofSeconds(20))
                .header("Content-Type", "application/json")
                .header("Authorization", "Bearer " + token);
    }

    private static String film(int number, int duration) {
        return "{\"title\": \"Film %d\", \"year\": %d, \"duration\": %d}".formatted(number, YEAR, duration);
    }
}
