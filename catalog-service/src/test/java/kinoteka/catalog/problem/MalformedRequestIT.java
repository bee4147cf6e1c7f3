package kinoteka.catalog.problem;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.Socket;
import java.util.stream.Stream;
import kinoteka.catalog.Bearer;
import kinoteka.catalog.CatalogIT;
import kinoteka.catalog.LogLines;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.boot.test.web.server.LocalServerPort;

/** Requests as bytes, since no client library would send them. */
@CatalogIT
class MalformedRequestIT {

    private static final String HOST = "Host: localhost\r\n";
    private static final String JSON = "Content-Type: application/json\r\n";
    private static final String CHUNKED = "Transfer-Encoding: chunked\r\n";

    @ParameterizedTest(name = "{0}")
    @MethodSource
    void isAMistakeOfTheClientAndNoFailureInTheLog(
            @SuppressWarnings("unused") String name, String request, int status, @LocalServerPort int port)
            throws IOException {
        try (var log = LogLines.ofAll();
                var client = new Socket("localhost", port)) {
            client.getOutputStream().write(request.getBytes(ISO_8859_1));

            assertThat(new String(client.getInputStream().readNBytes(12), ISO_8859_1))
                    .isEqualTo("HTTP/1.1 " + status);
            assertThat(log.warnings()).isEmpty();
        }
    }

    static Stream<Arguments> isAMistakeOfTheClientAndNoFailureInTheLog() {
        return Stream.of(
                        framings(),
                        targets(),
                        headers(),
                        bodies("PATCH /api/movie/1"),
                        bodies("PUT /api/movie/1"),
                        bodies("POST /api/movie"),
                        fields("POST /api/movie"))
                .flatMap(requests -> requests);
    }

    private static Stream<Arguments> framings() {
        return Stream.of(
                framing("chunk without a size", CHUNKED, "zz\r\n{}\r\n"),
                framing("second chunk without a size", CHUNKED, "5\r\n{\"tit\r\nzz\r\n{}\r\n"),
                framing("chunk longer than its size", CHUNKED, "5\r\n{\"titXX5\r\nabcde\r\n0\r\n\r\n"),
                framing("chunk with a negative size", CHUNKED, "-5\r\n{\"tit\r\n0\r\n\r\n"),
                framing("chunk with a huge size", CHUNKED, "ffffffffffffffffff\r\n{\"tit\r\n0\r\n\r\n"),
                framing("two lengths", "Content-Length: 2\r\nContent-Length: 3\r\n", "{}"),
                framing("negative length", "Content-Length: -2\r\n", "{}"),
                framing("length that is no number", "Content-Length: abc\r\n", "{}"),
                framing("length and chunks", "Content-Length: 2\r\n" + CHUNKED, "2\r\n{}\r\n0\r\n\r\n"),
                framing("unknown transfer encoding", "Transfer-Encoding: garbage\r\n", "{}"),
                Arguments.of("TLS on the plain port", "\u0016\u0003\u0001\u0000\u00f1\u0001\u0000\r\n\r\n", 400),
                Arguments.of("no HTTP", "garbage\r\n\r\n", 400),
                Arguments.of("HTTP/0.9", "GET /api/tag\r\n\r\n", 400),
                Arguments.of("HTTP/2 preface", "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n", 400));
    }

    private static Stream<Arguments> targets() {
        return Stream.of(
                target("/api/movie/%zz", 400),
                target("/api/movie?limit=%zz", 400),
                target("/api/movie/%ff", 400),
                target("/api/movie/%00", 400),
                target("/api/movie?q=%00", 400),
                target("/api/movie?q=a b", 400),
                target("/api/movie?q[]=a|b^{}", 400),
                target("//api/movie", 400),
                target("/api/movie;a=b/1;c", 400),
                target("/api/../../etc/passwd", 400),
                target("/api/movie/1%2fstaff", 400),
                target("/api/movie/99999999999999999999", 400),
                target("/api/movie/1e1", 400),
                target("/api/movie/%F0%9F%98%80", 400),
                target("/api/movie?limit=99999999999999999999", 400),
                target("/api/movie?rating_min=1e999999999", 400),
                target("/api/movie?after=%F0%9F", 400),
                target("/api/changes?kind=%00", 400),
                Arguments.of("long target", get("/api/movie?q=" + "a".repeat(20_000), ""), 414),
                Arguments.of("unknown method", "BREW /api/movie HTTP/1.1\r\n" + HOST + "\r\n", 400),
                Arguments.of("CONNECT", "CONNECT a:1 HTTP/1.1\r\n" + HOST + "\r\n", 400),
                Arguments.of("OPTIONS *", "OPTIONS * HTTP/1.1\r\n" + HOST + "\r\n", 404));
    }

    private static Stream<Arguments> headers() {
        return Stream.of(
                header("X: " + "a".repeat(40_000), 431),
                header("X: y\r\n".repeat(9_000) + "Z: z", 431),
                header("X: a\u0000b", 400),
                header("no colon", 400),
                header("a b: c", 400),
                header("Accept: garbage", 406),
                header("Accept: application/json;q=x", 406),
                header("Accept: " + "a/b,".repeat(60) + "a/c", 400),
                header("Authorization: Bearer", 401),
                header("Authorization: Bearer \u00ff\u00fe", 401),
                header("Authorization: Bearer a.b.c", 401),
                header("Authorization: Bearer eyJhbGciOiJub25lIn0.e30.", 401),
                header("Authorization: Bearer eyJhbGciOiJFUzI1NiIsImtpZCI6MX0.e30.AA", 401),
                Arguments.of("Host that is no host", "GET /api/tag HTTP/1.1\r\nHost: [::\r\n\r\n", 400));
    }

    private static Stream<Arguments> bodies(String methodAndPath) {
        return Stream.of(
                body(methodAndPath, "", 400),
                body(methodAndPath, "{", 400),
                body(methodAndPath, "[]", 400),
                body(methodAndPath, "null", 400),
                body(methodAndPath, "nonsense", 400),
                body(methodAndPath, "{\"title\":}", 400),
                body(methodAndPath, "{\"title\":\"a\u0000\"}", 400),
                body(methodAndPath, "{\"title\":\"\u00ff\u00c0\"}", 400),
                body(methodAndPath, "[".repeat(20_000), 400),
                body(methodAndPath, "{\"a\":".repeat(2_000), 400),
                body(methodAndPath, "{\"year\":" + "9".repeat(5_000) + "}", 400),
                body(methodAndPath, "{\"title\":\"" + "a".repeat(1_500_000) + "\"}", 413));
    }

    private static Stream<Arguments> fields(String methodAndPath) {
        return Stream.of(
                body(methodAndPath, "{\"year\":1e999999999}", 422),
                body(methodAndPath, "{\"year\":\"x\"}", 422),
                body(methodAndPath, "{\"tags\":[[]]}", 422));
    }

    private static Arguments framing(String name, String framing, String body) {
        return Arguments.of(name, send("POST /api/tag", framing, body), 400);
    }

    private static Arguments target(String target, int status) {
        return Arguments.of(target, get(target, ""), status);
    }

    private static Arguments header(String header, int status) {
        return Arguments.of(printable(header), get("/api/tag", header + "\r\n"), status);
    }

    private static Arguments body(String methodAndPath, String body, int status) {
        return Arguments.of(
                methodAndPath + " " + printable(body),
                send(methodAndPath, "Content-Length: " + body.length() + "\r\n", body),
                status);
    }

    private static String printable(String text) {
        return text.substring(0, Math.min(text.length(), 30)).replaceAll("\\p{Cntrl}", "?");
    }

    private static String get(String target, String headers) {
        return "GET " + target + " HTTP/1.1\r\n" + HOST + headers + "\r\n";
    }

    private static String send(String methodAndPath, String framing, String body) {
        return methodAndPath + " HTTP/1.1\r\n" + HOST + "Authorization: Bearer " + Bearer.token("editor", "editor")
                + "\r\n" + JSON + framing + "\r\n" + body;
    }
}
