package kinoteka.gateway.routing;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RequestTargetTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/",
                "/api/movie/1",
                "/api/movie/a.b",
                "/api/movie/...",
                "/.well-known",
                "/x?a=//..;%00\\",
                "/%D1%84",
                "/a%20b",
                "http://other.example/api/movie",
                "HTTPS://other.example",
                "http://other.example?x"
            })
    void acceptsAnUnambiguousTarget(String target) {
        assertThat(RequestTarget.findViolation(target)).isNull();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "//api/movie",
                "/api//movie",
                "/api/movie//",
                "/./api",
                "/api/.",
                "/api/../api",
                "/..",
                "/api/%2e%2e/x",
                "/api/%2E/x",
                "/api%2fmovie",
                "/api%5Cmovie",
                "/api\\movie",
                "/api/movie;v=1",
                "/api/a b",
                "/api/\u007f",
                "/api/movie%3B",
                "/api/%00",
                "/api/%0d%0a",
                "/api/%7f",
                "/%252e%252e/",
                "/api/%",
                "/api/%2",
                "/api/%zz",
                "/api/\u0001",
                "/api/ф",
                "/api/movie#part",
                "*",
                "",
                "localhost:443",
                "ftp://localhost/api/movie",
                "http://localhost//api"
            })
    void rejectsATargetThatServersCouldInterpretDifferently(String target) {
        assertThat(RequestTarget.findViolation(target)).isNotNull();
    }

    @ParameterizedTest
    @CsvSource({
        "ftp://a/b, The request target is neither a path nor an HTTP URL.",
        "/a#b, The request target contains a fragment.",
        "/a;b, The path contains a character that is not allowed.",
        "/a//b, The path contains an empty segment.",
        "/a/.., The path contains a dot segment.",
        "/%0g, The path contains a percent sign that is not followed by two hexadecimal digits.",
        "/%00, The path contains a percent-encoded character that is not allowed."
    })
    void saysWhyATargetIsRejected(String target, String reason) {
        assertThat(RequestTarget.findViolation(target)).isEqualTo(reason);
    }

    @ParameterizedTest
    @CsvSource({
        "/api/movie?x=1, /api/movie?x=1",
        "http://other:81/api/movie?x, /api/movie?x",
        "http://other, /",
        "http://other?a=/b, /?a=/b"
    })
    void findsPathAndQuery(String target, String pathAndQuery) {
        assertThat(RequestTarget.pathAndQuery(target)).isEqualTo(pathAndQuery);
    }
}
