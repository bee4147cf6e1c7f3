package kinoteka.seeder.words;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class TransliterationTest {

    @Test
    void transliteratesCyrillicAndRemovesOtherCharacters() {
        assertThat(Transliteration.toLatin("Артём.Щукин")).isEqualTo("artem.shchukin");
        assertThat(Transliteration.toLatin("Mary Ann.O'Neil")).isEqualTo("maryann.oneil");
    }
}
