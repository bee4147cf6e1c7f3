package kinoteka.gateway.ratelimit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import kinoteka.gateway.testing.GatewayTest;
import kinoteka.gateway.testing.Scrape;
import kinoteka.gateway.testing.Upstream;
import kinoteka.gateway.testing.Wire;
import kinoteka.gateway.testing.Wire.Answer;
import org.assertj.core.api.ThrowingConsumer;
import org.junit.jupiter.api.Test;
import org.springframework.boot.test.web.server.LocalManagementPort;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.test.context.TestPropertySource;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** The rates are so small that no token is added during a test. Each test has clients of its own. */
@GatewayTest
@TestPropertySource(
        properties = {
            "kinoteka.gateway.ratelimit.enabled=true",
            "kinoteka.gateway.ratelimit.rate=0.01",
            "kinoteka.gateway.ratelimit.burst=5",
            "kinoteka.gateway.ratelimit.write-rate=0.01",
            "kinoteka.gateway.ratelimit.write-burst=2",
        })
class RateLimitIT {

    private static final String READ = "GET /api/movie/1 HTTP/1.1\r\nHost: localhost\r\n\r\n";
    private static final String LIST = "GET /api/movie HTTP/1.1\r\nHost: localhost\r\n\r\n";
    private static final String WRITE = "DELETE /api/movie/1 HTTP/1.1\r\nHost: localhost\r\n\r\n";

    private final int port;
    private final Scrape scrape;

    RateLimitIT(@LocalServerPort int port, @LocalManagementPort int operatorsPort) {
        this.port = port;
        this.scrape = new Scrape(operatorsPort);
    }

    @Test
    void aClientOverItsLimitIsRejectedOnAConnectionThatStaysOpen() throws IOException {
        var before = scrape.sum("ratelimit_rejected_total", "scope=\"address\"", "group=\"requests\"");
        try (var client = Wire.from("127.1.0.1", port)) {
            for (var left = 4; left >= 0; left--) {
                var response = client.send(READ).answer();
                assertThat(response.status()).isEqualTo(200);
                assertThat(response.header("ratelimit-policy")).isEqualTo("\"requests\";q=5;w=500");
                assertThat(response.header("ratelimit")).isEqualTo("\"requests\";r=" + left + ";t=100");
            }
            var rejected = client.send(READ).answer();

            assertThat(rejected.status()).isEqualTo(429);
            var seconds = Integer.parseInt(rejected.header("retry-after"));
            assertThat(seconds).isBetween(1, 100); // a token in 100 s, of which some have passed
            assertThat(rejected.header("ratelimit")).isEqualTo("\"requests\";r=0;t=" + seconds);
            assertThat(rejected.body())
                    .contains("\"type\":\"/problems/rate-limited\"", "from this address", "in " + seconds + " s");
            assertThat(client.send(READ).answer().status()).isEqualTo(429);
        }
        scrape.awaitSum(before + 2, "ratelimit_rejected_total", "scope=\"address\"", "group=\"requests\"");
        assertThat(from("127.1.0.2", READ).status()).isEqualTo(200);
    }

    @Test
    void healthChecksAreNotLimited() throws IOException {
        try (var client = Wire.from("127.2.0.1", port)) {
            for (var i = 0; i < 20; i++) {
                var response = client.send("GET /ping HTTP/1.1\r\nHost: localhost\r\n\r\n")
                        .answer();
                assertThat(response.status()).isEqualTo(200);
                assertThat(response.headers()).doesNotContainKeys("ratelimit", "ratelimit-policy");
            }
            assertThat(client.send(READ).answer().header("ratelimit")).startsWith("\"requests\";r=4;");
        }
    }

    @Test
    void requestsThatAreNotOnTheAllowListCountToo() throws IOException {
        try (var client = Wire.from("127.3.0.1", port)) {
            assertThat(client.send("GET /wp-login.php HTTP/1.1\r\nHost: localhost\r\n\r\n")
                            .answer()
                            .status())
                    .isEqualTo(404);
            assertThat(client.send("GET /a/../b HTTP/1.1\r\nHost: localhost\r\n\r\n")
                            .answer()
                            .status())
                    .isEqualTo(400);
            assertThat(client.send("PUT /db_dummy HTTP/1.1\r\nHost: localhost\r\n\r\n")
                            .answer()
                            .status())
                    .isEqualTo(405);
            assertThat(client.send("OPTIONS /api/movie HTTP/1.1\r\nHost: localhost\r\n\r\n")
                            .answer()
                            .status())
                    .isEqualTo(204);
            assertThat(client.send(READ).answer().header("ratelimit")).startsWith("\"requests\";r=0;");
        }
    }

    @Test
    void aGroupHasALimitOfItsOwnAndLeavesTheOthers() throws IOException {
        try (var client = Wire.from("127.4.0.1", port)) {
            var response = client.send(WRITE).answer();
            assertThat(response.header("ratelimit-policy")).isEqualTo("\"requests\";q=5;w=500, \"writes\";q=2;w=200");
            assertThat(response.header("ratelimit")).isEqualTo("\"requests\";r=4;t=100, \"writes\";r=1;t=100");
            client.send(WRITE).answer();

            var rejected = client.send(WRITE).answer();

            assertThat(rejected.status()).isEqualTo(429);
            assertThat(rejected.header("ratelimit")).startsWith("\"writes\";r=0;t=");
            assertThat(client.send(READ).answer().header("ratelimit")).startsWith("\"requests\";r=2;");
        }
        scrape.awaitSum(1, "ratelimit_rejected_total", "scope=\"address\"", "group=\"writes\"");
    }

    @Test
    void failuresOfTheCatalogueSayWhatIsLeft() throws IOException {
        Upstream.SHARED.answers((request, response) -> Mono.never());

        var response = from("127.5.0.1", READ);

        assertThat(response.status()).isEqualTo(504);
        assertThat(response.header("ratelimit")).startsWith("\"requests\";r=4;");
        assertThat(response.header("ratelimit-policy")).isEqualTo("\"requests\";q=5;w=500");
    }

    @Test
    void aSubjectThatTheCatalogueHasVerifiedIsLimitedAtAllItsAddresses() throws IOException {
        Upstream.SHARED.answers((request, response) -> {
            if ("Bearer valid".equals(request.requestHeaders().get("Authorization"))) {
                response.header("Gateway-Subject", "00000000000000aa;max-age=60");
            }
            return response.sendString(Mono.just("film"));
        });
        var first = from("127.6.0.1", authenticated("Bearer valid")); // counts for the address only
        assertThat(first.headers()).doesNotContainKey("gateway-subject");
        for (var host = 2; host < 7; host++) {
            assertThat(from("127.6.0." + host, authenticated("Bearer valid")).status())
                    .isEqualTo(200);
        }

        var rejected = from("127.6.0.7", authenticated("bearer valid"));

        assertThat(rejected.status()).isEqualTo(429);
        assertThat(rejected.body()).contains("with tokens of this subject");
        assertThat(from("127.6.0.7", authenticated("Bearer forged")).header("ratelimit"))
                .startsWith("\"requests\";r=4;");
        scrape.awaitSum(1, "ratelimit_rejected_total", "scope=\"subject\"");
    }

    @Test
    void clientsCannotNameASubjectThemselves() throws IOException {
        Upstream.SHARED.answers((request, response) ->
                response.sendString(Mono.just("" + request.requestHeaders().get("Gateway-Subject"))));

        var response = from(
                "127.7.0.1",
                "GET /api/movie/1 HTTP/1.1\r\nHost: localhost\r\nGateway-Subject: 00000000000000aa;max-age=60\r\n\r\n");

        assertThat(response.body()).isEqualTo("null");
    }

    /** The bucket has 5 tokens. The request takes one and its cancellation 9, so that the next request has to wait for 6 tokens. */
    @Test
    void aRequestThatIsCancelledBeforeItsResponseCountsAsSeveral() throws IOException {
        Upstream.SHARED.answers((request, response) -> Mono.never());

        cancel("127.8.0.1", READ, client -> await().until(() -> scrape.sum("upstream_concurrency_in_flight") == 1));

        var rejected = from("127.8.0.1", READ);
        assertThat(rejected.status()).isEqualTo(429);
        assertThat(Integer.parseInt(rejected.header("retry-after"))).isBetween(501, 600);
    }

    @Test
    void aRequestThatIsCancelledDuringItsResponseCountsOnce() throws IOException {
        Upstream.SHARED.answers(
                (request, response) -> response.sendString(Flux.just("films").concatWith(Mono.never())));

        cancel("127.9.0.1", LIST, Wire::head);

        Upstream.SHARED.answers((request, response) -> response.sendString(Mono.just("film")));
        assertThat(from("127.9.0.1", READ).header("ratelimit")).startsWith("\"requests\";r=3;");
    }

    private void cancel(String address, String request, ThrowingConsumer<Wire> await) throws IOException {
        var cancelled = scrape.sum("requests_total", "status=\"499\"");
        try (var client = Wire.from(address, port)) {
            await.accept(client.send(request));
        }
        scrape.awaitSum(cancelled + 1, "requests_total", "status=\"499\"");
    }

    private static String authenticated(String authorization) {
        return "GET /api/movie/1 HTTP/1.1\r\nHost: localhost\r\nAuthorization: " + authorization + "\r\n\r\n";
    }

    private Answer from(String address, String request) throws IOException {
        try (var client = Wire.from(address, port)) {
            return client.send(request).answer();
        }
    }
}
