package kinoteka.gateway.headers;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.List;
import java.util.Locale;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import kinoteka.gateway.testing.GatewayTest;
import kinoteka.gateway.testing.Upstream;
import kinoteka.gateway.testing.Wire;
import org.junit.jupiter.api.Test;
import org.springframework.boot.test.web.server.LocalServerPort;
import reactor.core.publisher.Mono;

@GatewayTest
class HeadersIT {

    private static final String TRACE = "4bf92f3577b34da6a3ce929d0e0e4736";

    private final int port;

    HeadersIT(@LocalServerPort int port) {
        this.port = port;
    }

    @Test
    void theUpstreamReceivesNoHopByHopAndNoForgedHeaders() throws IOException {
        var received = new CompletableFuture<TreeMap<String, String>>();
        Upstream.SHARED.answers((request, response) -> {
            var headers = new TreeMap<String, String>();
            request.requestHeaders()
                    .forEach(header -> headers.merge(
                            header.getKey().toLowerCase(Locale.ROOT),
                            header.getValue(),
                            (one, two) -> one + "; " + two));
            received.complete(headers);
            return response.send();
        });

        Wire.ask(port, """
                GET /api/movie HTTP/1.1\r
                Host: films.example:8080\r
                Accept: application/json\r
                If-None-Match: "1"\r
                Authorization: Bearer x\r
                Connection: keep-alive, X-Mine, Gateway-Credential, X-Forwarded-For\r
                X-Mine: 1\r
                Keep-Alive: 5\r
                TE: trailers\r
                Upgrade: websocket\r
                Proxy-Authorization: x\r
                X-Forwarded-For: 6.6.6.6\r
                X-Forwarded-Prefix: /admin\r
                X-Real-IP: 6.6.6.6\r
                Forwarded: for=6.6.6.6\r
                Gateway-Credential: own %s\r
                GATEWAY-CREDENTIAL: forwarded x\r
                traceparent: 00-%s-00f067aa0ba902b7-01\r
                tracestate: a=1\r
                \r
                """.formatted(GatewayTest.CREDENTIAL, TRACE));

        var headers = received.join();
        assertThat(headers)
                .containsEntry("accept", "application/json")
                .containsEntry("if-none-match", "\"1\"")
                .containsEntry("authorization", "Bearer x")
                .containsEntry("x-forwarded-for", "127.0.0.1")
                .containsEntry("x-forwarded-proto", "http")
                .containsEntry("x-forwarded-host", "films.example:8080")
                .containsEntry("host", "localhost:" + Upstream.SHARED.port())
                .containsEntry("tracestate", "a=1")
                .containsEntry("gateway-credential", "forwarded " + GatewayTest.CREDENTIAL)
                .doesNotContainKeys(
                        "x-mine",
                        "keep-alive",
                        "te",
                        "upgrade",
                        "proxy-authorization",
                        "x-forwarded-prefix",
                        "x-real-ip",
                        "forwarded");
        assertThat(headers.get("traceparent")).startsWith("00-" + TRACE + "-").doesNotContain("00f067aa0ba902b7");
    }

    @Test
    void theClientReceivesNoHopByHopHeadersAndNoneThatRevealSoftware() throws IOException {
        Upstream.SHARED.answers((request, response) -> response.status(201)
                .header("ETag", "\"1\"")
                .header("Location", "/api/session/5")
                .header("Server", "Netty")
                .header("X-Powered-By", "Spring")
                .header("Connection", "X-Hop")
                .header("X-Hop", "1")
                .header("Link", "</a>; rel=\"next\"")
                .sendString(Mono.just("{}")));

        var response = Wire.get(port, "/api/movie");

        assertThat(response.status()).isEqualTo(201);
        assertThat(response.headers())
                .containsEntry("etag", "\"1\"")
                .containsEntry("location", "/api/session/5")
                .containsEntry("link", "</a>; rel=\"next\"")
                .doesNotContainKeys("server", "x-powered-by", "x-hop", "connection");
        assertThat(response.body()).isEqualTo("{}");
    }

    @Test
    void aProblemHasTheTraceIdOfTheClient() throws IOException {
        var response = Wire.ask(
                port, "GET /nope HTTP/1.1\r\nHost: a\r\ntraceparent: 00-" + TRACE + "-00f067aa0ba902b7-01\r\n\r\n");

        assertThat(response.body()).contains("\"trace_id\":\"" + TRACE + "\"");
    }

    @Test
    void everyResponseHasADate() throws IOException {
        Upstream.SHARED.answers((request, response) -> response.sendString(Mono.just("{}")));

        for (var target : List.of("/", "/ping", "/api/movie/1", "/nope", "/api/movie/%00", "/api/movie/|")) {
            assertThat(Wire.get(port, target).header("date")).as(target).endsWith(" GMT");
        }
    }
}
