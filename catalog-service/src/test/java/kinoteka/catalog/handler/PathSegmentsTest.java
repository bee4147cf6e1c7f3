package kinoteka.catalog.handler;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.http.server.PathContainer;
import org.springframework.web.util.pattern.PathPatternParser;

class PathSegmentsTest {

    @ParameterizedTest
    @CsvSource({
        "/api/movie/{id},         /api/movie/1",
        "/api/movie/{id},         /api/m%6Fvie/1",
        "/api/movie/{id},         /api/movie;a=b/1",
        "/api/movie/{id}/staff,   /api/movie/1/staff",
        "/files/{name}.json,      /files/a.json",
        "/api/movie,              /api/movie",
        "/openapi/**,             /openapi/a/b",
        "/openapi/{*rest},        /openapi/a/b",
        "/api/p?rson,             /api/person",
        "/,                       /",
        "/docs/,                  /docs/"
    })
    void skipsNoPathThatThePatternMatches(String pattern, String path) {
        var container = PathContainer.parsePath(path);
        assertThat(PathPatternParser.defaultInstance.parse(pattern).matches(container))
                .isTrue();

        assertThat(PathSegments.of(pattern).mayMatch(container)).isTrue();
    }

    @ParameterizedTest
    @CsvSource({
        "/api/movie/{id},         /api/person/1",
        "/api/movie/{id},         /api/movie",
        "/api/movie/{id},         /api/movie/",
        "/api/movie/{id},         /api/movie/1/",
        "/api/movie/{id}/staff,   /api/movie/1/awards",
        "/api/movie/{id},         ''"
    })
    void skipsPathsWithOtherSegments(String pattern, String path) {
        assertThat(PathSegments.of(pattern).mayMatch(PathContainer.parsePath(path)))
                .isFalse();
    }
}
