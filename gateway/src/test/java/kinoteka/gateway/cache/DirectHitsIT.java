package kinoteka.gateway.cache;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.SocketException;
import java.time.Duration;
import java.util.List;
import kinoteka.gateway.testing.GatewayTest;
import kinoteka.gateway.testing.ImpatientClients;
import kinoteka.gateway.testing.Wire;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalManagementPort;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.context.annotation.Import;
import org.springframework.test.context.TestPropertySource;

/** Responses from memory without an exchange, on connections as clients use them. */
@GatewayTest
@Import(ExchangeCounter.class)
@TestPropertySource(
        properties = {
            "kinoteka.gateway.ratelimit.enabled=true",
            "kinoteka.gateway.ratelimit.rate=20",
            "kinoteka.gateway.ratelimit.burst=1000000"
        })
class DirectHitsIT extends CacheIntegration {

    private final ExchangeCounter exchanges;

    DirectHitsIT(
            @LocalServerPort int port, @LocalManagementPort int operatorsPort, @Autowired ExchangeCounter exchanges) {
        super(port, operatorsPort);
        this.exchanges = exchanges;
    }

    @BeforeEach
    void storeFilm() throws IOException {
        assertThat(status(get(film))).isEqualTo("fwd=miss; stored");
        exchanges.reset();
    }

    @Test
    void aStoredFilmNeedsNoExchange() throws IOException {
        var hit = get(film, "Accept", "application/json", "User-Agent", "test", "Connection", "keep-alive");

        assertThat(status(hit)).isEqualTo("hit");
        assertThat(hit.body()).isEqualTo("film");
        assertThat(exchanges.count()).isEqualTo(0);
    }

    @Test
    void theResponseIsThatOfTheFilters() throws IOException {
        var direct = get(film);
        assertThat(exchanges.count()).isEqualTo(0);
        var filtered = get("http://localhost" + film);
        assertThat(exchanges.count()).isEqualTo(1);

        assertThat(stable(direct)).isEqualTo(stable(filtered));
        assertThat(direct.status()).isEqualTo(filtered.status());
        assertThat(direct.body()).isEqualTo(filtered.body());
        assertThat(direct.headers())
                .containsKeys("date", "age", "ratelimit", "ratelimit-policy", "vary", "etag", "cache-status");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Authorization: Bearer x",
                "Cookie: a=b",
                "If-None-Match: \"x\"",
                "If-Match: \"x\"",
                "Range: bytes=0-1",
                "Content-Length: 0",
                "Expect: 100-continue",
                "Connection: close",
                "Connection: keep-alive, x",
                "Cache-Control: no-cache",
                "Accept-Encoding: gzip, identity;q=0",
                "Host: other",
                "Sec-WebSocket-Key1: 12345678"
            })
    void otherRequestsPassTheFilters(String header) throws IOException {
        var name = header.substring(0, header.indexOf(':'));
        get(film, name, header.substring(name.length() + 2));

        assertThat(exchanges.count()).isEqualTo(1);
    }

    @Test
    void aShortBodyIsNotCompressed() throws IOException {
        var direct = get(film, "Accept-Encoding", "gzip, br");
        assertThat(exchanges.count()).isEqualTo(0);
        var filtered = get("http://localhost" + film, "Accept-Encoding", "gzip, br");

        assertThat(stable(direct)).isEqualTo(stable(filtered));
    }

    @Test
    void aLongerBodyIsCompressedByItsFilter() throws IOException {
        answers("x".repeat(5_000), "Gateway-Cache-Control", "max-age=300");
        changeFilm();
        get(film);
        exchanges.reset();

        assertThat(get(film, "Accept-Encoding", "gzip").header("content-encoding"))
                .isEqualTo("gzip");
        assertThat(exchanges.count()).isEqualTo(1);
        assertThat(get(film).body()).hasSize(5_000);
        assertThat(exchanges.count()).isEqualTo(1);
    }

    @Test
    void metricsCountTheRequest() throws IOException {
        var labels = new String[] {"endpoint=\"/api/movie/\"", "status=\"200\"", "method=\"GET\""};
        var requests = scrape.sum("requests_total", labels);
        var durations = scrape.sum("request_duration_seconds_count", labels);
        var hits = scrape.sum("cache_requests_total", "result=\"hit\"");

        get(film);

        scrape.awaitSum(requests + 1, "requests_total", labels);
        scrape.awaitSum(durations + 1, "request_duration_seconds_count", labels);
        scrape.awaitSum(hits + 1, "cache_requests_total", "result=\"hit\"");
        assertThat(exchanges.count()).isEqualTo(0);
    }

    @Test
    void eachRequestTakesOneTokenOfTheRateLimit() throws IOException {
        try (var wire = new Wire(port)) {
            var before = tokens(wire.send(request(film)).answer());
            for (var i = 0; i < 99; i++) {
                wire.send(request(film)).answer();
            }
            var after = tokens(wire.send(request(film)).answer());

            assertThat(before - after).isBetween(1L, 100L); // some are refilled meanwhile
        }
    }

    private static long tokens(Wire.Answer answer) {
        var limit = answer.header("ratelimit");
        return Long.parseLong(limit.substring(limit.indexOf(";r=") + 3, limit.indexOf(";t=")));
    }

    @Test
    void pipelinedRequestsAreAnsweredInTheirOrder() throws IOException {
        var other = "/api/movie/2000" + id;
        try (var wire = new Wire(port)) {
            wire.send((request(film) + request(other) + request(film) + request("/ping")).repeat(50));

            for (var i = 0; i < 50; i++) {
                assertThat(status(wire.answer())).isEqualTo("hit");
                assertThat(status(wire.answer())).isEqualTo(i == 0 ? "fwd=miss; stored" : "hit");
                assertThat(status(wire.answer())).isEqualTo("hit");
                assertThat(wire.answer().header("cache-status")).isEmpty();
            }
        }
    }

    @Test
    void aHitFollowsARequestWithABody() throws IOException {
        try (var wire = new Wire(port)) {
            wire.send("POST /api/session HTTP/1.1\r\nHost: localhost\r\nContent-Length: 4\r\n\r\n1");
            wire.send("234" + request(film));

            assertThat(wire.answer().header("cache-status")).isEmpty();
            assertThat(status(wire.answer())).isEqualTo("hit");
        }
    }

    @Test
    void whatFollowsAHitAndCannotBeDecodedIsRejected() throws IOException {
        try (var wire = new Wire(port)) {
            wire.send(request(film) + "nonsense\r\n\r\n");

            assertThat(status(wire.answer())).isEqualTo("hit");
            assertThat(wire.answer().status()).isEqualTo(400);
            assertThat(wire.isClosed()).isTrue();
        }
    }

    @Test
    void aRequestInPiecesIsAnswered() throws IOException {
        try (var wire = new Wire(port)) {
            for (var character : (request(film) + request(film)).toCharArray()) {
                wire.send(String.valueOf(character));
            }

            assertThat(status(wire.answer())).isEqualTo("hit");
            assertThat(status(wire.answer())).isEqualTo("hit");
        }
    }

    @Test
    void aClientThatDoesNotReadIsCutOff() throws IOException {
        answers("x".repeat(15_000), "Gateway-Cache-Control", "max-age=300");
        changeFilm();
        get(film);
        var errors = scrape.sum("client_connection_errors_total", "error=\"pipeline\"");
        var before = scrape.sum("cache_requests_total", "result=\"hit\"");
        try (var wire = Wire.withReceiveBuffer(port, 4096)) {
            assertThatThrownBy(() -> wire.send(request(film).repeat(100_000))).isInstanceOf(SocketException.class);
        }

        scrape.awaitSum(errors + 1, "client_connection_errors_total", "error=\"pipeline\"");
        assertThat(scrape.sum("cache_requests_total", "result=\"hit\"") - before)
                .isBetween(2.0, 1_000.0); // what fits into the buffers of the sockets
    }

    @Test
    void clientsThatLeaveHoldNothing() throws InterruptedException {
        new ImpatientClients(
                        port,
                        List.of("127.0.0.1"),
                        List.of(
                                request(film),
                                request(film).repeat(100),
                                request(film).substring(0, 40)),
                        Duration.ofMillis(10))
                .comeAndGo(400);

        scrape.awaitSum(0, "client_connections");
    }

    @ParameterizedTest
    @ValueSource(strings = {"Host: a\r\nHost: b", "Host: a b", "X: y"})
    void aRequestWithoutAValidHostIsRejected(String host) throws IOException {
        var answer = Wire.ask(port, "GET " + film + " HTTP/1.1\r\n" + host + "\r\n\r\n");

        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.header("cache-status")).isEmpty();
    }

    @Test
    void aChangedFilmIsNotServed() throws IOException {
        get(film);
        answers("changed film", "Gateway-Cache-Control", "max-age=300");
        changeFilm();

        assertThat(get(film).body()).isEqualTo("changed film");
    }

    private static String request(String target) {
        return "GET " + target + " HTTP/1.1\r\nHost: localhost\r\n\r\n";
    }
}
