package kinoteka.gateway.cache;

import java.io.IOException;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicInteger;
import kinoteka.gateway.testing.ChangeStream;
import kinoteka.gateway.testing.Scrape;
import kinoteka.gateway.testing.Upstream;
import kinoteka.gateway.testing.Wire;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeEach;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;
import reactor.core.publisher.Mono;

/** A gateway that listens to the changes of its upstream. Each test begins caught up. */
abstract class CacheIntegration {

    static final Upstream CATALOGUE = new Upstream();
    static final ChangeStream CHANGES = new ChangeStream(CATALOGUE);

    private static final AtomicInteger IDS = new AtomicInteger();

    final AtomicInteger calls = new AtomicInteger();

    /** An id that no other test uses. */
    final int id = IDS.incrementAndGet();

    /** The target of a film that no other test requests. */
    final String film = "/api/movie/" + id;

    /** The target of a list that no other test requests. */
    final String list = "/api/person?after=" + id;

    final int port;
    final Scrape scrape;

    CacheIntegration(int port, int operatorsPort) {
        this.port = port;
        this.scrape = new Scrape(operatorsPort);
    }

    @DynamicPropertySource
    static void address(DynamicPropertyRegistry registry) {
        registry.add("kinoteka.gateway.upstream.catalogue", () -> "http://localhost:" + CATALOGUE.port());
        registry.add("kinoteka.gateway.cache.silence-limit", () -> "2s");
        registry.add("kinoteka.gateway.cache.largest-entry", () -> "50KB");
    }

    @BeforeEach
    void begin() {
        if (scrape.sum("cache_caught_up") == 0) {
            CHANGES.catchUp();
            awaitCaughtUp(1);
        }
        answers("film", "Cache-Control", "no-cache", "Gateway-Cache-Control", "max-age=300");
    }

    void awaitCaughtUp(int expected) {
        scrape.awaitSum(expected, "cache_caught_up");
    }

    /** Answers each request from now on with 200, this body, an entity tag, the proof of the primary, and these headers. */
    void answers(String body, String... headers) {
        answers(200, body, headers);
    }

    void answers(int status, String body, String... headers) {
        CATALOGUE.answers((request, response) -> {
            calls.incrementAndGet();
            response.header("Gateway-Read", "primary");
            var etag = "\"" + body.hashCode() + "\"";
            if (status == 200) {
                response.header("ETag", etag);
            }
            for (var i = 0; i < headers.length; i += 2) {
                response.addHeader(headers[i], headers[i + 1]);
            }
            if (etag.equals(request.requestHeaders().get("If-None-Match"))) {
                return response.status(304).send();
            }
            return response.status(status)
                    .header("Content-Type", "application/json")
                    .sendString(Mono.just(body));
        });
    }

    Wire.Answer get(String target, String... headers) throws IOException {
        return send("GET", target, headers);
    }

    /** Sends a request without a body, with these headers. */
    Wire.Answer send(String method, String target, String... headers) throws IOException {
        var request = new StringBuilder(method + " " + target + " HTTP/1.1\r\nHost: localhost\r\n");
        for (var i = 0; i < headers.length; i += 2) {
            request.append(headers[i]).append(": ").append(headers[i + 1]).append("\r\n");
        }
        return method.equals("HEAD") ? Wire.head(port, request + "\r\n") : Wire.ask(port, request + "\r\n");
    }

    void changeFilm() {
        change("{\"kind\":\"movie\",\"id\":" + id + "}");
    }

    /** Sends an event and waits until it is counted. */
    void change(String data) {
        var before = scrape.sum("cache_stream_events_total");
        CHANGES.send("changed", data);
        Awaitility.await().until(() -> scrape.sum("cache_stream_events_total") > before);
    }

    static String status(Wire.Answer answer) {
        return answer.header("cache-status").replace("kinoteka; ", "");
    }

    /** Returns the headers, without the number of tokens that are left, and without what depends on the time. */
    static Map<String, String> stable(Wire.Answer answer) {
        var headers = new TreeMap<>(answer.headers());
        headers.computeIfPresent("ratelimit", (name, value) -> value.replaceAll(";r=\\d+", ";r=x"));
        headers.computeIfPresent("date", (name, value) -> "present");
        headers.computeIfPresent("age", (name, value) -> "present");
        return headers;
    }
}
