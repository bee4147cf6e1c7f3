package kinoteka.gateway.redirect;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import kinoteka.gateway.testing.CertificateFolder;
import kinoteka.gateway.testing.GatewayTest;
import kinoteka.gateway.testing.Scrape;
import kinoteka.gateway.testing.Wire;
import kinoteka.gateway.testing.Wire.Answer;
import kinoteka.gateway.tls.TlsServer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalManagementPort;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;

@GatewayTest
class RedirectIT {

    private static final CertificateFolder FOLDER = new CertificateFolder();

    private final int port;
    private final int httpsPort;
    private final Scrape scrape;

    RedirectIT(@LocalServerPort int port, @Autowired TlsServer https, @LocalManagementPort int operatorsPort) {
        this.port = port;
        this.httpsPort = https.port();
        this.scrape = new Scrape(operatorsPort);
    }

    @DynamicPropertySource
    static void settings(DynamicPropertyRegistry registry) throws Exception {
        FOLDER.configure(registry, "films.example");
        registry.add("kinoteka.gateway.redirect.enabled", () -> true);
        registry.add("kinoteka.gateway.redirect.hosts", () -> "films.example,www.films.example");
    }

    @ParameterizedTest
    @CsvSource({
        "films.example, GET, /api/movie?limit=3&q=%C3%A4, https://films.example/api/movie?limit=3&q=%C3%A4",
        "Films.Example:8080, HEAD, /, https://films.example/",
        "www.films.example, DELETE, /api/movie/1, https://www.films.example/api/movie/1",
        "films.example, GET, http://other.example/api/movie/1, https://films.example/api/movie/1",
        "films.example, GET, http://other.example?a=b, https://films.example/?a=b",
    })
    void aRequestForAHostOfTheGatewayIsRedirected(String host, String method, String target, String location)
            throws IOException {
        var answer = ask(method, target, host, "");

        assertThat(answer.status()).isEqualTo(308);
        assertThat(answer.header("location")).isEqualTo(location);
        assertThat(answer.header("cache-control")).isEqualTo("no-store");
    }

    @Test
    void aRequestWithABodyIsRedirectedUnread() throws IOException {
        var answer = ask("POST", "/api/session", "films.example", "Content-Length: 100000\r\n");

        assertThat(answer.status()).isEqualTo(308);
        assertThat(answer.header("connection")).isEqualTo("close");
    }

    @Test
    void aRequestForAnotherHostIsRejectedWithAProblem() throws IOException {
        var before = scrape.sum("requests_total", "status=\"403\"", "endpoint=\"/api/movie\"");

        var answer = ask("GET", "/api/movie", "evil.example", "");

        assertThat(answer.status()).isEqualTo(403);
        assertThat(answer.headers()).doesNotContainKey("location");
        assertThat(answer.body()).contains("\"type\":\"/problems/https-required\"");
        scrape.awaitSum(before + 1, "requests_total", "status=\"403\"", "endpoint=\"/api/movie\"");
    }

    @Test
    void theHealthCheckIsNotRedirected() throws IOException {
        assertThat(ask("GET", "/ping", "10.0.0.1", "").body()).isEqualTo("pong");
    }

    @Test
    void anInvalidTargetIsRejectedBeforeItIsRedirected() throws IOException {
        assertThat(ask("GET", "//evil.example/", "films.example", "").status()).isEqualTo(400);
        assertThat(ask("GET", "/nothing", "films.example", "").status()).isEqualTo(404);
    }

    @Test
    void aRequestOverTlsIsNotRedirected() throws IOException {
        try (var wire = Wire.tls(httpsPort)) {
            var answer = wire.send("GET /api/movie/1 HTTP/1.1\r\nHost: films.example\r\n\r\n")
                    .answer();

            assertThat(answer.status()).isEqualTo(200);
        }
    }

    private Answer ask(String method, String target, String host, String headers) throws IOException {
        var request = method + " " + target + " HTTP/1.1\r\nHost: " + host + "\r\n" + headers + "\r\n";
        return method.equals("HEAD") ? Wire.head(port, request) : Wire.ask(port, request);
    }
}
