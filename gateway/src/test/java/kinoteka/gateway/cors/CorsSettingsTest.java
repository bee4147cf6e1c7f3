package kinoteka.gateway.cors;

import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class CorsSettingsTest {

    @Test
    void credentialsAreNotForEveryOrigin() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new CorsSettings(List.of("*"), List.of(), List.of(), true, Duration.ZERO))
                .withMessageContaining("allowed-origins: * (expected: no * together with credentials)");
    }
}
