package kinoteka.catalog.database.server;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LogPositionTest {

    @ParameterizedTest
    @ValueSource(strings = {"0/0", "16/B374D848", "0/174B3B8", "FFFFFFFF/FFFFFFFF"})
    void isReadAndWrittenAsPostgresqlDoes(String text) {
        assertThat(LogPosition.parse(text)).map(LogPosition::toString).contains(text);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "0", "0/", "0/g", "0/123456789", "-1/0", "0/0 "})
    void isEmptyForAnythingElse(String text) {
        assertThat(LogPosition.parse(text)).isEmpty();
    }

    @Test
    void theHighestIsAfterAllOthers() {
        var highest = LogPosition.parse("FFFFFFFF/FFFFFFFF").orElseThrow();
        var usual = LogPosition.parse("16/B374D848").orElseThrow();

        assertThat(highest.includes(usual)).isTrue();
        assertThat(usual.includes(highest)).isFalse();
    }
}
