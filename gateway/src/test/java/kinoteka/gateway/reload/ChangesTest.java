package kinoteka.gateway.reload;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.Set;
import kinoteka.gateway.settings.AtStart;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.springframework.boot.context.properties.ConfigurationProperties;

class ChangesTest {

    private static final Settings START = new Settings(1, List.of("a"), new Nested(1, null));
    private static final StartSettings AT_START = new StartSettings(1, new Inner(1));

    @Test
    void equalSettingsAreNoChange() {
        var changes = changes(START, new Settings(1, List.of("a"), new Nested(1, null)), AT_START);

        assertThat(changes.now()).isEmpty();
        assertThat(changes.atRestart()).isEmpty();
    }

    @Test
    void namesWhatChangesNow() {
        var changes = changes(START, new Settings(2, List.of("a", "b"), new Nested(2, null)), AT_START);

        assertThat(changes.now()).containsExactly("test.live.max-rate", "test.live.names", "test.live.nested.size");
        assertThat(changes.atRestart()).isEmpty();
    }

    @Test
    void namesWhatOnlyARestartChanges() {
        var changes =
                changes(START, new Settings(1, List.of("a"), new Nested(1, "b")), new StartSettings(2, new Inner(2)));

        assertThat(changes.now()).isEmpty();
        assertThat(changes.atRestart())
                .containsExactly("test.live.nested.address", "test.start.inner.value", "test.start.port");
    }

    /** What is in use differs from the start, and a second file changes it back. */
    @Test
    void comparesWithWhatIsInUse() {
        var inUse = new Settings(2, List.of("a"), new Nested(1, "b"));

        var changes = changes(inUse, START, AT_START);

        assertThat(changes.now()).containsExactly("test.live.max-rate");
        assertThat(changes.atRestart()).isEmpty();
    }

    private static Changes changes(Settings inUse, Settings next, StartSettings nextAtStart) {
        return Changes.of(all(START, AT_START), all(inUse, AT_START), all(next, nextAtStart));
    }

    private static AllSettings all(Settings live, StartSettings atStart) {
        return new AllSettings(Map.of(Settings.class, live, StartSettings.class, atStart), Set.of());
    }

    @ConfigurationProperties("test.live")
    record Settings(int maxRate, List<String> names, Nested nested) {}

    record Nested(int size, @AtStart @Nullable String address) {}

    @AtStart
    @ConfigurationProperties("test.start")
    record StartSettings(int port, Inner inner) {}

    record Inner(int value) {}
}
