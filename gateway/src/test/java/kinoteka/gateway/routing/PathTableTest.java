package kinoteka.gateway.routing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class PathTableTest {

    private final PathTable table = new PathTable(Endpoint.values());

    @ParameterizedTest
    @CsvSource({
        "/, LANDING",
        "/ping, PING",
        "/api/movie, MOVIES",
        "/api/movie/17, MOVIE",
        "/api/movie/%31, MOVIE",
        "/api/session/x, SESSION",
        "/api/movie/,",
        "/api/movie/1/,",
        "/api,",
        "/Ping,",
        "/ping/,"
    })
    void findsTheEndpointOfAPath(String path, @Nullable Endpoint endpoint) {
        assertThat(table.find(path)).isEqualTo(endpoint);
    }

    @ParameterizedTest
    @EnumSource
    void findsEachEndpointByItsExample(Endpoint endpoint) {
        assertThat(table.find(RequestTarget.path(endpoint.example()))).isEqualTo(endpoint);
    }

    @Test
    void rejectsTwoEndpointsWithTheSamePattern() {
        assertThatThrownBy(() -> new PathTable(Endpoint.PING, Endpoint.PING))
                .hasMessage("pattern of PING: /ping (expected: a pattern that no other endpoint has)");
    }
}
