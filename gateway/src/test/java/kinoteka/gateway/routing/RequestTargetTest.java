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
    void acceptsAPlainSpelling(String target) {
        assertThat(RequestTarget.whyRefused(target)).isNull();
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
    void refusesASpellingThatCouldBeReadInTwoWays(String target) {
        assertThat(RequestTarget.whyRefused(target)).isNotNull();
    }

    @ParameterizedTest
    @CsvSource({
        "ftp://a/b, The target is neither a path nor an http URL.",
        "/a#b, The target has a fragment.",
        "/a;b, The path has a character that may not stand there.",
        "/a//b, The path has an empty segment.",
        "/a/.., The path has a segment of dots.",
        "/%0g, The path has a percent sign without two hexadecimal digits.",
        "/%00, The path has an escaped character that may not be escaped."
    })
    void saysWhyATargetIsRefused(String target, String reason) {
        assertThat(RequestTarget.whyRefused(target)).isEqualTo(reason);
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
