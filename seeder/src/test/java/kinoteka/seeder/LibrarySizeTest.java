package kinoteka.seeder;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import kinoteka.seeder.load.SeedingException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class LibrarySizeTest {

    @Test
    void isTheDefaultForItsNumberOfSessions() {
        assertThat(LibrarySize.forSessions("5000000")).isEqualTo(LibrarySize.FULL);
    }

    @ParameterizedTest
    @CsvSource({
        "50000, 2902, 50000, 50000, 2000, 30000, 100000, 50000",
        "1, 13, 224, 224, 9, 134, 447, 224",
        "100000000, 129777, 2236068, 2236068, 89443, 1341641, 4472136, 2236068"
    })
    void scalesTheOtherTablesWithTheSquareRoot(
            String sessions,
            int movies,
            int customers,
            int persons,
            int publications,
            int comments,
            int ratings,
            int orders) {
        int count = Integer.parseInt(sessions);
        assertThat(LibrarySize.forSessions(sessions))
                .isEqualTo(new LibrarySize(movies, customers, count, persons, publications, comments, ratings, orders));
    }

    @ParameterizedTest
    @ValueSource(strings = {"0", "-1", "abc", "", " 5", "1e3", "100000001", "99999999999999999999"})
    void rejectsAValueThatIsNoCountAndSaysWhatIsExpected(String sessions) {
        assertThatThrownBy(() -> LibrarySize.forSessions(sessions))
                .isInstanceOf(SeedingException.class)
                .hasMessage("SEED_COUNT: " + sessions + " (expected: 1..100000000)");
    }
}
