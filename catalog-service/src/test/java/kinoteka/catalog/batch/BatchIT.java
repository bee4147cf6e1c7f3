package kinoteka.catalog.batch;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.ByteBuffer;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import kinoteka.catalog.CatalogIT;
import kinoteka.catalog.RealPostgres;
import kinoteka.catalog.Samples;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.test.web.server.LocalServerPort;

@CatalogIT
class BatchIT {

    private static final Set<String> OF_ONE = Set.of("content-type", "content-length", "etag", "date");

    private final HttpClient client = HttpClient.newHttpClient();
    private final String base;

    BatchIT(@LocalServerPort int port) {
        this.base = "http://localhost:" + port;
    }

    @Test
    void eachFilmIsSentAsForAReadOfItsOwn() throws Exception {
        var first = Samples.movie("Сталкер " + UUID.randomUUID(), 1979, 161);
        var second = Samples.movie("Солярис \"" + UUID.randomUUID() + "\"", 1972, 167);

        assertSame("movie", first, second);
    }

    @Test
    void eachSessionIsSentAsForAReadOfItsOwn() throws Exception {
        var movie = Samples.movie("Зеркало " + UUID.randomUUID(), 1975, 107);

        assertSame("session", Samples.session(Samples.customer(), movie), Samples.session(Samples.customer(), movie));
    }

    @Test
    void eachPersonIsSentAsForAReadOfTheirOwn() throws Exception {
        assertSame("person", Samples.person(), Samples.person());
    }

    @Test
    void eachProfileIsSentAsForAReadOfItsOwn() throws Exception {
        assertSame("customer", Samples.customer(), Samples.customer());
    }

    /** The gateway reads it alone, so that the clients of the others do not wait for it. */
    @Test
    void aLargeFilmIsNotSentWithOthers() throws Exception {
        var small = Samples.stalker();
        var large = Samples.stalker();
        RealPostgres.ask("update movies set synopsis = repeat('я', 9000) where id = ? returning id", large);

        var both = get("/batch/movie?ids=" + large + "," + small, true);
        assertThat(resources(both.body())).containsOnlyKeys(small);
        assertThat(get("/api/movie/" + large, true).body()).hasSizeGreaterThan(18_000);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/batch/movie",
                "/batch/movie?ids=",
                "/batch/movie?ids=1,",
                "/batch/movie?ids=-1",
                "/batch/movie?ids=1;2",
                "/batch/movie?ids=9999999999999999999",
                "/batch/order?ids=1",
                "/batch/"
            })
    void whatIsNotValidDoesNotExist(String path) throws Exception {
        assertThat(get(path, true).statusCode()).isEqualTo(404);
    }

    @Test
    void nobodyReadsMoreThanALimit() throws Exception {
        var ids = LongStream.rangeClosed(1, 257).mapToObj(Long::toString).collect(Collectors.joining(","));
        assertThat(get("/batch/movie?ids=" + ids, true).statusCode()).isEqualTo(404);
    }

    @Test
    void onlyAGatewayReadsSeveral() throws Exception {
        assertThat(get("/batch/movie?ids=1,2", false).statusCode()).isEqualTo(404);
    }

    private void assertSame(String kind, long first, long second) throws Exception {
        var absent = Long.MAX_VALUE / 10;
        var both = get("/batch/" + kind + "?ids=" + first + "," + absent + "," + second, true);
        assertThat(both.statusCode()).isEqualTo(200);
        assertThat(both.headers().firstValue("content-type")).contains("application/vnd.kinoteka.batch");
        var resources = resources(both.body());
        assertThat(resources).containsOnlyKeys(first, second);
        for (var id : Set.of(first, second)) {
            var alone = get("/api/" + kind + "/" + id, true);
            assertThat(resources.get(id))
                    .isEqualTo(new Resource(
                            alone.headers().firstValue("etag").orElseThrow(), new String(alone.body(), UTF_8)));
            assertThat(headers(both)).isEqualTo(headers(alone));
        }
    }

    private static Map<String, String> headers(HttpResponse<byte[]> response) {
        var headers = new TreeMap<String, String>();
        response.headers().map().forEach((name, values) -> headers.put(name, values.toString()));
        headers.keySet().removeAll(OF_ONE);
        return headers;
    }

    private static Map<Long, Resource> resources(byte[] body) {
        var resources = new HashMap<Long, Resource>();
        for (var in = ByteBuffer.wrap(body); in.hasRemaining(); ) {
            var id = in.getLong();
            var etag = text(in, in.getShort());
            resources.put(id, new Resource(etag, text(in, in.getInt())));
        }
        return resources;
    }

    private static String text(ByteBuffer in, int length) {
        var bytes = new byte[length];
        in.get(bytes);
        return new String(bytes, UTF_8);
    }

    private HttpResponse<byte[]> get(String path, boolean isGateway) throws Exception {
        var request = HttpRequest.newBuilder(URI.create(base + path));
        if (isGateway) {
            request.header("Gateway-Read", "primary");
        }
        return client.send(request.build(), HttpResponse.BodyHandlers.ofByteArray());
    }

    private record Resource(String etag, String json) {}
}
