package kinoteka.seeder;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import kinoteka.seeder.load.SeedRefused;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class VolumeTest {

    @Test
    void isFullSizeForTheFullNumberOfSessions() {
        assertThat(Volume.ofSessions("5000000")).isEqualTo(Volume.FULL);
    }

    @ParameterizedTest
    @CsvSource({
        "50000, 2902, 50000, 50000, 2000, 30000, 100000, 50000",
        "1, 13, 224, 224, 9, 134, 447, 224",
        "100000000, 129777, 2236068, 2236068, 89443, 1341641, 4472136, 2236068"
    })
    void shrinksAndGrowsTheOtherTablesWithTheSquareRoot(
            String sessions,
            int movies,
            int customers,
            int persons,
            int publications,
            int comments,
            int ratings,
            int orders) {
        int count = Integer.parseInt(sessions);
        assertThat(Volume.ofSessions(sessions))
                .isEqualTo(new Volume(movies, customers, count, persons, publications, comments, ratings, orders));
    }

    @ParameterizedTest
    @ValueSource(strings = {"0", "-1", "abc", "", " 5", "1e3", "100000001", "99999999999999999999"})
    void refusesWhatIsNoCountAndSaysWhatIs(String sessions) {
        assertThatThrownBy(() -> Volume.ofSessions(sessions))
                .isInstanceOf(SeedRefused.class)
                .hasMessage("SEED_COUNT: " + sessions + " (expected: 1..100000000)");
    }
}
