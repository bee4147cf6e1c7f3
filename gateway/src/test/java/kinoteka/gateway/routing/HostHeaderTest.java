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
        assertThat(HostHeader.whyRefused(List.of(host), true)).isNull();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "a b", "a/b", "user@host", "host:", "host:x", "host:123456", "a,b", "[::1", "<script>"})
    void refusesWhatIsNoHost(String host) {
        assertThat(HostHeader.whyRefused(List.of(host), true)).isEqualTo("The Host header is not a host name.");
    }

    @Test
    void isRequiredExactlyOnceInHttp11() {
        assertThat(HostHeader.whyRefused(List.of(), true)).isEqualTo("The request has no Host header.");
        assertThat(HostHeader.whyRefused(List.of("a", "a"), true))
                .isEqualTo("The request has more than one Host header.");
        assertThat(HostHeader.whyRefused(List.of(), false)).isNull();
    }
}
