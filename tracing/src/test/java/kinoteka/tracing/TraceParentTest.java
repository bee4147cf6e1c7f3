package kinoteka.tracing;

import static org.assertj.core.api.Assertions.assertThat;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;

class TraceParentTest {

    private static final String IDS = "4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7";

    @ParameterizedTest
    @CsvSource({"00, 00, false", "00, 01, true", "00, 02, false", "00, ff, true", "cc, 01-what-the-future, true"})
    void readsIdsAndTheSampledFlag(String version, String flags, boolean sampled) {
        assertThat(TraceParent.parse(version + "-" + IDS + "-" + flags))
                .isEqualTo(new TraceParent("4bf92f3577b34da6a3ce929d0e0e4736", "00f067aa0ba902b7", sampled));
    }

    @ParameterizedTest
    @NullSource
    @ValueSource(
            strings = {
                "",
                "00-" + IDS,
                "00-" + IDS + "-01-more",
                "ff-" + IDS + "-01",
                "00-4BF92F3577B34DA6A3CE929D0E0E4736-00f067aa0ba902b7-01",
                "00-00000000000000000000000000000000-00f067aa0ba902b7-01",
                "00-4bf92f3577b34da6a3ce929d0e0e4736-0000000000000000-01"
            })
    void isNullIfTheValueIsNotValid(@Nullable String value) {
        assertThat(TraceParent.parse(value)).isNull();
    }

    @Test
    void idsOfSpansAreNeverZero() {
        assertThat(TraceIds.span()).matches("(?!0{16})[0-9a-f]{16}");
    }
}
