package kinoteka.gateway.routing;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HostHeaderTest {

    @ParameterizedTest
    @ValueSource(
            strings = {"localhost", "localhost:8080", "api.kinoteka.example", "my_service", "10.0.0.1:80", "[::1]:8080"
            })
    void acceptsAHost(String host) {
        assertThat(HostHeader.findViolation(List.of(host), true)).isNull();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "a b", "a/b", "user@host", "host:", "host:x", "host:123456", "a,b", "[::1", "<script>"})
    void rejectsAnInvalidHost(String host) {
        assertThat(HostHeader.findViolation(List.of(host), true)).isEqualTo("The Host header is not a valid host.");
    }

    @Test
    void isRequiredExactlyOnceInHttp11() {
        assertThat(HostHeader.findViolation(List.of(), true)).isEqualTo("The request has no Host header.");
        assertThat(HostHeader.findViolation(List.of("a", "a"), true))
                .isEqualTo("The request has more than one Host header.");
        assertThat(HostHeader.findViolation(List.of(), false)).isNull();
    }
}
