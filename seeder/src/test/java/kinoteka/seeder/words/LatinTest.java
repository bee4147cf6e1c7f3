package kinoteka.seeder.words;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class LatinTest {

    @Test
    void spellsCyrillicAndLeavesOutWhatNoMailAddressHas() {
        assertThat(Latin.lettersOf("Артём.Щукин")).isEqualTo("artem.shchukin");
        assertThat(Latin.lettersOf("Mary Ann.O'Neil")).isEqualTo("maryann.oneil");
    }
}
