package kinoteka.gateway.cors;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import kinoteka.gateway.testing.GatewayTest;
import kinoteka.gateway.testing.Upstream;
import kinoteka.gateway.testing.Wire;
import kinoteka.gateway.testing.Wire.Answer;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.test.context.TestPropertySource;
import reactor.core.publisher.Mono;

class CorsIT {

    private static final String PREFLIGHT =
            "Access-Control-Request-Method: PUT\r\nAccess-Control-Request-Headers: if-match\r\n";

    @Nested
    @GatewayTest
    class WithoutOrigins {

        @LocalServerPort
        private int port;

        @Test
        void noResponseHasAHeaderOfCors() throws IOException {
            assertNoCors(ask(port, "GET", "/api/movie/1", "Origin: https://films.example\r\n"));
            assertNoCors(ask(port, "OPTIONS", "/api/movie/1", "Origin: https://films.example\r\n" + PREFLIGHT));
        }
    }

    @Nested
    @GatewayTest
    @TestPropertySource(
            properties = {
                "kinoteka.gateway.cors.allowed-origins=https://films.example,http://localhost:3000",
                "kinoteka.gateway.cors.credentials=true"
            })
    class WithOrigins {

        @LocalServerPort
        private int port;

        @ParameterizedTest
        @ValueSource(strings = {"https://films.example", "http://localhost:3000"})
        void anAllowedOriginMayReadTheResponse(String origin) throws IOException {
            var answer = ask(port, "GET", "/api/movie/1", "Origin: " + origin + "\r\n");

            assertThat(answer.status()).isEqualTo(200);
            assertThat(answer.header("access-control-allow-origin")).isEqualTo(origin);
            assertThat(answer.header("access-control-allow-credentials")).isEqualTo("true");
            assertThat(answer.header("access-control-expose-headers")).contains("ETag", "Retry-After");
            assertThat(answer.header("vary")).isEqualTo("Origin");
        }

        @ParameterizedTest
        @ValueSource(
                strings = {
                    "https://other.example",
                    "https://films.example.evil.example",
                    "http://films.example",
                    "https://films.example:8443",
                    "null"
                })
        void anotherOriginGetsTheResponseWithoutPermission(String origin) throws IOException {
            var answer = ask(port, "GET", "/api/movie/1", "Origin: " + origin + "\r\n");

            assertThat(answer.status()).isEqualTo(200);
            assertNoCors(answer);
            assertThat(answer.header("vary")).isEqualTo("Origin");
        }

        @Test
        void aResponseToARequestWithoutOriginVariesToo() throws IOException {
            assertThat(ask(port, "GET", "/api/movie/1", "").header("vary")).isEqualTo("Origin");
        }

        @Test
        void scriptsCanReadProblems() throws IOException {
            var unknown = ask(port, "GET", "/nothing", "Origin: https://films.example\r\n");
            Upstream.SHARED.answers((request, response) -> Mono.never());
            var timedOut = ask(port, "GET", "/api/movie/1", "Origin: https://films.example\r\n");

            assertThat(unknown.status()).isEqualTo(404);
            assertThat(unknown.header("access-control-allow-origin")).isEqualTo("https://films.example");
            assertThat(timedOut.status()).isEqualTo(504);
            assertThat(timedOut.header("access-control-allow-origin")).isEqualTo("https://films.example");
        }

        @Test
        void aPreflightRequestGetsTheMethodsOfTheAllowList() throws IOException {
            var answer = ask(port, "OPTIONS", "/api/movie/1", "Origin: https://films.example\r\n" + PREFLIGHT);

            assertThat(answer.status()).isEqualTo(204);
            assertThat(answer.header("access-control-allow-methods"))
                    .isEqualTo("GET, PUT, PATCH, DELETE, HEAD, OPTIONS");
            assertThat(answer.header("access-control-allow-headers")).contains("If-Match", "Authorization");
            assertThat(answer.header("access-control-max-age")).isEqualTo("3600");
        }

        @Test
        void aPreflightRequestOfAnotherOriginGetsNoPermission() throws IOException {
            var answer = ask(port, "OPTIONS", "/api/movie/1", "Origin: https://other.example\r\n" + PREFLIGHT);

            assertThat(answer.status()).isEqualTo(204);
            assertNoCors(answer);
        }

        @Test
        void aPreflightRequestForAnUnknownPathFails() throws IOException {
            var answer = ask(port, "OPTIONS", "/nothing", "Origin: https://films.example\r\n" + PREFLIGHT);

            assertThat(answer.status()).isEqualTo(404);
            assertThat(answer.headers()).doesNotContainKey("access-control-allow-methods");
        }
    }

    @Nested
    @GatewayTest
    @TestPropertySource(properties = "kinoteka.gateway.cors.allowed-origins=*")
    class WithEveryOrigin {

        @LocalServerPort
        private int port;

        @ParameterizedTest
        @ValueSource(strings = {"", "Origin: https://other.example\r\n"})
        void allResponsesAreTheSame(String origin) throws IOException {
            var answer = ask(port, "GET", "/api/movie/1", origin);

            assertThat(answer.header("access-control-allow-origin")).isEqualTo("*");
            assertThat(answer.headers()).doesNotContainKey("access-control-allow-credentials");
            assertThat(answer.header("vary")).isEqualTo("Accept-Encoding");
        }
    }

    private static Answer ask(int port, String method, String path, String headers) throws IOException {
        return Wire.ask(port, method + " " + path + " HTTP/1.1\r\nHost: localhost\r\n" + headers + "\r\n");
    }

    private static void assertNoCors(Answer answer) {
        assertThat(answer.headers().keySet()).noneMatch(name -> name.startsWith("access-control-"));
    }
}
