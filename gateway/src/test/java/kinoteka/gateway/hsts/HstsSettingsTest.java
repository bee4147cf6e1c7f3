package kinoteka.gateway.hsts;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class HstsSettingsTest {

    @Test
    void theHeaderHasWhatIsConfigured() {
        assertThat(new HstsSettings(true, Duration.ofDays(365), true, true).value())
                .isEqualTo("max-age=31536000; includeSubDomains; preload");
        assertThat(new HstsSettings(true, Duration.ZERO, false, false).value()).isEqualTo("max-age=0");
    }
}
