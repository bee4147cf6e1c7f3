package kinoteka.gateway.batching;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.LongStream;
import kinoteka.gateway.testing.GatewayTest;
import kinoteka.gateway.testing.ImpatientClients;
import kinoteka.gateway.testing.Scrape;
import kinoteka.gateway.testing.Upstream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.boot.test.web.server.LocalManagementPort;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.test.context.TestPropertySource;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** All requests arrive over one HTTP/2 connection, and so on one event loop. The first call is in progress until the test ends it. */
@GatewayTest
@TestPropertySource(
        properties = {
            "kinoteka.gateway.batching.enabled=true",
            "kinoteka.gateway.batching.max-size=" + BatchingIT.MAX_SIZE,
            "kinoteka.gateway.batching.max-in-flight=1",
            "kinoteka.gateway.batching.max-wait=1s",
            "kinoteka.gateway.upstream.response-time-limit=10s",
            "kinoteka.gateway.cache.enabled=false",
        })
class BatchingIT {

    static final int MAX_SIZE = 4;

    private final int port;
    private final Scrape scrape;
    private final OneEventLoop one;

    BatchingIT(@LocalServerPort int port, @LocalManagementPort int operatorsPort) {
        this.port = port;
        this.scrape = new Scrape(operatorsPort);
        this.one = new OneEventLoop(port, scrape, MAX_SIZE);
    }

    @BeforeEach
    void answer() {
        Upstream.SHARED.answers(one::answer);
    }

    @AfterEach
    void disconnect() {
        one.close();
    }

    @Test
    void aLoneReadIsSentAsItIs() {
        one.endFirst();

        assertThat(one.get(1).join().body()).isEqualTo("film 1");
        assertThat(one.get(2).join().body()).isEqualTo("film 2");

        assertThat(one.received()).containsExactly("/api/movie/1", "/api/movie/2");
    }

    @Test
    void readsThatArriveMeanwhileAreSentTogether() throws Exception {
        var reads = one.readDuringTheFirstCall(2, 3, 2);

        one.endFirst();

        assertThat(OneEventLoop.bodies(reads)).containsExactly("film 1", "film 2", "film 3", "film 2");
        assertThat(one.received()).containsExactly("/api/movie/1", "/batch/movie?ids=2,3");
        var response = reads.get(1).join();
        assertThat(response.headers().get("etag")).isEqualTo("\"2\"");
        assertThat(response.headers().get("content-type")).isEqualTo("application/json");
        assertThat(response.headers().getAll("vary")).contains("Accept");
        assertThat(response.headers().names()).doesNotContain("gateway-read");
    }

    @Test
    void asManyAsThereMayBeAreSentAtOnce() throws Exception {
        var reads = one.readDuringTheFirstCall(2, 3, 4, 5, 6);

        assertThat(OneEventLoop.bodies(reads.subList(1, 5))).containsExactly("film 2", "film 3", "film 4", "film 5");
        assertThat(one.received()).containsExactly("/api/movie/1", "/batch/movie?ids=2,3,4,5");

        one.endFirst();
        assertThat(reads.getFirst().join().status()).isEqualTo(200);
        assertThat(reads.getLast().join().body()).isEqualTo("film 6");
    }

    @Test
    void aLargeResourceIsComplete() throws Exception {
        var reads = one.readDuringTheFirstCall(2, OneEventLoop.LARGE, 3);

        one.endFirst();

        assertThat(reads.get(2).join().body()).startsWith("film 50.").hasSize(OneEventLoop.LARGE_SIZE);
        assertThat(reads.get(3).join().body()).isEqualTo("film 3");
        assertThat(one.received()).containsExactly("/api/movie/1", "/batch/movie?ids=2,50,3");
    }

    @Test
    void whatDoesNotExistIsReadAlone() throws Exception {
        var reads = one.readDuringTheFirstCall(2, OneEventLoop.ABSENT);

        one.endFirst();

        assertThat(reads.get(1).join().status()).isEqualTo(200);
        var missing = reads.get(2).join();
        assertThat(missing.status()).isEqualTo(404);
        assertThat(missing.body()).isEqualTo("no film 9");
        assertThat(one.received()).endsWith("/batch/movie?ids=2,9", "/api/movie/9");
    }

    @Test
    void aClientThatHasTheFilmGetsNoBody() throws Exception {
        var reads = new ArrayList<>(one.readDuringTheFirstCall(2));
        reads.add(one.get("/api/movie/3", "If-None-Match", "\"other\", W/\"3\""));
        one.awaitWaiting(2);

        one.endFirst();

        assertThat(reads.get(1).join().status()).isEqualTo(200);
        assertThat(reads.get(2).join().status()).isEqualTo(304);
        assertThat(reads.get(2).join().headers().get("etag")).isEqualTo("\"3\"");
        assertThat(one.received()).contains("/batch/movie?ids=2,3");
    }

    @Test
    void aClientThatLeavesDoesNotAffectTheOthers() throws Exception {
        var reads = one.readDuringTheFirstCall(2, 3);
        reads.get(1).request().dispose();
        one.awaitWaiting(1);

        one.endFirst();

        assertThat(reads.get(2).join().body()).isEqualTo("film 3");
        assertThat(one.received()).doesNotContain("/batch/movie?ids=2,3");
    }

    @ParameterizedTest
    @CsvSource({
        "/api/movie/2?include=staff, X-Nothing, ''",
        "/api/movie/2, Authorization, Bearer a",
        "/api/movie/2, Accept, application/x-ndjson",
        "/api/movie/2, If-None-Match, malformed",
        "/api/movie/2, traceparent, 00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01"
    })
    void readsThatNeedMoreThanTheResourceAreSentAlone(String target, String header, String value) throws Exception {
        var reads = one.readDuringTheFirstCall(3);

        assertThat(one.get(target, header, value).join().status()).isEqualTo(200);

        one.endFirst();
        assertThat(OneEventLoop.bodies(reads)).containsExactly("film 1", "film 3");
        assertThat(one.received()).startsWith("/api/movie/1", target);
    }

    /** A guard against a regression that costs calls: with four reads in each, 250 are the fewest. */
    @Test
    void aThousandReadsNeedFewCalls() {
        Upstream.SHARED.answers(
                (request, response) -> Mono.delay(Duration.ofMillis(5)).thenMany(one.answer(request, response)));
        one.endFirst();

        var statuses = Flux.range(1, 1000)
                .flatMap(id -> Mono.fromFuture(one.get(1 + id % 8).response()), 2 * MAX_SIZE)
                .map(OneEventLoop.Response::status)
                .collectList()
                .block(Duration.ofSeconds(30));

        assertThat(statuses).hasSize(1000).containsOnly(200);
        assertThat(one.received()).hasSizeLessThan(400);
    }

    @Test
    void clientsThatLeaveAtAnyTimeLeaveNothing() throws Exception {
        var arrived = Mono.delay(Duration.ofMillis(10));
        Upstream.SHARED.answers((request, response) -> arrived.thenMany(one.answer(request, response)));
        one.endFirst();
        var requests = LongStream.rangeClosed(1, OneEventLoop.ABSENT)
                .mapToObj(id -> "GET /api/movie/" + id + " HTTP/1.1\r\nHost: a\r\n\r\n")
                .toList();

        new ImpatientClients(port, List.of("127.0.0.1"), requests, Duration.ofMillis(30)).comeAndGo(600);

        scrape.awaitSum(0, "batching_waiting");
        scrape.awaitSum(0, "batching_calls_in_flight");
        assertThat(one.received()).anyMatch(uri -> uri.startsWith("/batch/movie?ids="));
    }

    @Test
    void clientsCannotReadSeveral() {
        one.endFirst();

        assertThat(one.get("/batch/movie?ids=1,2").join().status()).isEqualTo(404);
        assertThat(one.received()).doesNotContain("/batch/movie?ids=1,2");
    }
}
