package kinoteka.gateway.cache;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import kinoteka.gateway.testing.GatewayTest;
import kinoteka.gateway.testing.Wire;
import org.junit.jupiter.api.Test;
import org.springframework.boot.test.web.server.LocalManagementPort;
import org.springframework.boot.test.web.server.LocalServerPort;
import reactor.core.publisher.Mono;

@GatewayTest
class CacheIT extends CacheIntegration {

    CacheIT(@LocalServerPort int port, @LocalManagementPort int operatorsPort) {
        super(port, operatorsPort);
    }

    @Test
    void aFilmIsServedFromMemoryUntilItChanges() throws IOException {
        var first = get(film);
        var second = get(film);

        assertThat(status(first)).isEqualTo("fwd=miss; stored");
        assertThat(first.headers()).doesNotContainKey("age");
        assertThat(status(second)).isEqualTo("hit");
        assertThat(second.header("age")).isEqualTo("0");
        assertThat(second.body()).isEqualTo("film");
        assertThat(second.headers())
                .containsEntry("etag", first.header("etag"))
                .containsEntry("cache-control", "no-cache")
                .containsEntry("content-type", "application/json")
                .containsEntry("content-length", "4")
                .containsKey("date")
                .doesNotContainKeys("gateway-read", "gateway-cache-control");

        answers("changed film", "Gateway-Cache-Control", "max-age=300");
        changeFilm();

        assertThat(get(film).body()).isEqualTo("changed film");
    }

    @Test
    void aValidatedResponseIsServedAgain() throws IOException {
        get(film);
        changeFilm();

        var validated = get(film);

        assertThat(status(validated)).isEqualTo("fwd=stale; fwd-status=304; stored");
        assertThat(validated.status()).isEqualTo(200);
        assertThat(validated.body()).isEqualTo("film");
        assertThat(status(get(film))).isEqualTo("hit");
    }

    @Test
    void aClientThatKnowsTheFilmReceives304FromMemory() throws IOException {
        var etag = get(film).header("etag");

        var known = get(film, "If-None-Match", etag);

        assertThat(known.status()).isEqualTo(304);
        assertThat(status(known)).isEqualTo("hit");
        assertThat(known.headers())
                .containsKeys("etag", "age", "date", "cache-control")
                .doesNotContainKey("content-type");
        assertThat(calls).hasValue(1);
    }

    @Test
    void aClientThatKnowsTheFilmReceives304EvenIfTheGatewayDidNot() throws IOException {
        var etag = get(film).header("etag");
        changeFilm();
        assertThat(get(film, "If-None-Match", etag).status()).isEqualTo(304);

        assertThat(get("/api/movie/1000" + id, "If-None-Match", etag).status()).isEqualTo(304);
        assertThat(get("/api/movie/1000" + id).body()).isEqualTo("film");
    }

    @Test
    void headIsAnsweredFromAStoredResponseToGet() throws IOException {
        get(film);

        var head = send("HEAD", film);

        assertThat(status(head)).isEqualTo("hit");
        assertThat(head.header("content-length")).isEqualTo("4");
        assertThat(calls).hasValue(1);
        assertThat(status(send("HEAD", "/api/movie/1000" + id))).isEqualTo("fwd=miss");
    }

    @Test
    void aListIsServedFromMemoryUntilOneOfItsKindChanges() throws IOException {
        for (var expected : List.of("fwd=miss", "fwd=miss; stored", "hit", "hit")) {
            assertThat(status(get(list))).isEqualTo(expected);
        }

        change("{\"kind\":\"person\",\"id\":12345}");

        assertThat(status(get(list))).isEqualTo("fwd=stale; fwd-status=304; stored");
    }

    @Test
    void aListOfMoreThanAFewKilobytesIsServedFromMemory() throws IOException {
        var body = "x".repeat(40_000);
        answers(body, "Gateway-Cache-Control", "max-age=300");
        get(list);
        get(list);

        var hit = get(list);

        assertThat(status(hit)).isEqualTo("hit");
        assertThat(hit.body()).isEqualTo(body);
    }

    @Test
    void aListThatIsTooLongToBeStoredIsStreamed() throws IOException {
        var body = "x".repeat(60_000);
        answers(body, "Gateway-Cache-Control", "max-age=300");

        for (var i = 0; i < 3; i++) {
            var response = get(list);
            assertThat(status(response)).isEqualTo("fwd=miss");
            assertThat(response.body()).isEqualTo(body);
        }
        assertThat(calls).hasValue(4); // one call was given up
    }

    @Test
    void aWriteThroughTheGatewayIsVisibleToTheNextRead() throws IOException {
        get(film);
        answers("changed film", "Gateway-Cache-Control", "max-age=300");

        send("DELETE", film);

        assertThat(get(film).body()).isEqualTo("changed film");
    }

    @Test
    void manyRequestsForTheSameFilmMakeOneCall() throws IOException, InterruptedException {
        var asked = new CompletableFuture<Void>();
        var answer = new CompletableFuture<String>();
        CATALOGUE.answers((request, response) -> {
            calls.incrementAndGet();
            asked.complete(null);
            return response.header("Gateway-Read", "primary")
                    .header("Gateway-Cache-Control", "max-age=300")
                    .sendString(Mono.fromFuture(answer));
        });
        var wires = new ArrayList<Wire>();
        for (var i = 0; i < 20; i++) {
            wires.add(new Wire(port).send("GET " + film + " HTTP/1.1\r\nHost: localhost\r\n\r\n"));
        }
        asked.join();
        Thread.sleep(200); // until all of them wait, or have made calls of their own
        wires.removeFirst().disconnect(); // perhaps that of the first one
        answer.complete("film");

        for (var wire : wires) {
            var response = wire.answer();
            assertThat(response.body()).isEqualTo("film");
            assertThat(status(response)).isIn("fwd=miss; stored", "fwd=miss; collapsed", "hit");
            wire.close();
        }
        assertThat(calls).hasValue(1);
    }

    @Test
    void aFailureIsForAllThatWaitAndIsNotStored() throws IOException {
        answers(503, "down", "Retry-After", "1");
        assertThat(get(film).status()).isEqualTo(503);
        answers("film", "Gateway-Cache-Control", "max-age=300");

        assertThat(get(film).body()).isEqualTo("film");
    }

    @Test
    void requestsWithCredentialsNeitherUseNorFillTheMemory() throws IOException {
        answers("mine", "Gateway-Cache-Control", "max-age=300");
        assertThat(status(get("/api/customer/" + id, "Authorization", "Bearer x")))
                .isEqualTo("fwd=bypass");
        answers("public", "Gateway-Cache-Control", "max-age=300");

        assertThat(get("/api/customer/" + id).body()).isEqualTo("public");
        answers("mine", "Gateway-Cache-Control", "max-age=300");
        assertThat(get("/api/customer/" + id, "Authorization", "Bearer x").body())
                .isEqualTo("mine");
        assertThat(get("/api/customer/" + id, "Cookie", "a=b").body()).isEqualTo("mine");
        assertThat(get("/api/customer/" + id).body()).isEqualTo("public");
    }

    @Test
    void theProbeOfTheDatabaseIsNeverServedFromMemory() throws IOException {
        for (var i = 1; i <= 3; i++) {
            assertThat(get("/db_dummy").headers()).doesNotContainKeys("cache-status", "age");
            assertThat(calls).hasValue(i);
        }
    }

    @Test
    void clientsCannotUseTheHeadersBetweenGatewayAndCatalogue() throws IOException {
        var received = new CompletableFuture<String>();
        CATALOGUE.answers((request, response) -> {
            received.complete(request.requestHeaders().toString());
            return response.send();
        });

        get("/api/person?after=x", "Gateway-Read", "primary", "Gateway-Anything", "x");

        assertThat(received.join()).doesNotContainIgnoringCase("gateway-read").doesNotContainIgnoringCase("anything");
    }

    @Test
    void countsWhatItDoes() throws IOException {
        var hits = sum("hit");
        var misses = sum("miss_stored");
        get(film);
        get(film);

        assertThat(sum("hit")).isEqualTo(hits + 1);
        assertThat(sum("miss_stored")).isEqualTo(misses + 1);
        assertThat(scrape.sum("cache_entries")).isPositive();
        assertThat(scrape.sum("cache_bytes")).isPositive();
        var changes = scrape.sum("cache_invalidations_total", "kind=\"movie\"");
        changeFilm();
        assertThat(scrape.sum("cache_invalidations_total", "kind=\"movie\"")).isEqualTo(changes + 1);
    }

    private double sum(String result) {
        return scrape.sum("cache_requests_total", "endpoint=\"/api/movie/\"", "result=\"" + result + "\"");
    }
}
