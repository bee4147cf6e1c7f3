package kinoteka.seeder.library.film;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class IsanTest {

    @ParameterizedTest
    @CsvSource({
        "00000000D07A0090, Q",
        "00000000D07A009000000000, X",
        "000000018CFA0000, I",
        "000000018CFA000000000000, K"
    })
    void computesTheCheckDigitsOfTheExamplesInTheStandard(String digits, char check) {
        assertThat(Isan.checkDigit(digits)).isEqualTo(check);
    }

    @Test
    void givesEveryFilmADifferentNumber() {
        assertThat(Isan.of(0xD07A)).matches("FFFF-0000-D07A-0000-[0-9A-Z]-0000-0000-[0-9A-Z]");
        assertThat(Isan.of(1)).isNotEqualTo(Isan.of(2));
    }
}
