package kinoteka.catalog.changes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class ChangesSettingsTest {

    private static final Duration SECOND = Duration.ofSeconds(1);

    @Test
    void rejectsMorePublicListenersThanListenersAndSaysWhich() {
        assertThatThrownBy(() -> settings(10, 11))
                .hasMessage("kinoteka.catalog.changes.max-public-listeners: 11"
                        + " (expected: at most max-listeners, which is 10)");
    }

    @Test
    void allowsToReserveNothingForGateways() {
        assertThat(settings(10, 10).maxPublicListeners()).isEqualTo(10);
    }

    private static ChangesSettings settings(int listeners, int publicListeners) {
        return new ChangesSettings(listeners, publicListeners, 4, 10, 10, SECOND, SECOND, SECOND);
    }
}
