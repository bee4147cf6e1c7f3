package kinoteka.catalog.parameter;

import static org.assertj.core.api.Assertions.assertThat;

import kinoteka.catalog.parameter.QueryString.Entry;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class QueryStringTest {

    @Test
    void readsNamesAndValuesAsAFormWritesThem() {
        assertThat(QueryString.read("a=1&&b&c=&d=x+y%20z&e=%D0%B4%2B&%66=g=h&=i"))
                .containsExactly(
                        new Entry("a", "1"),
                        new Entry("b", ""),
                        new Entry("c", ""),
                        new Entry("d", "x y z"),
                        new Entry("e", "д+"),
                        new Entry("f", "g=h"),
                        new Entry("", "i"));
        assertThat(QueryString.read(null)).isEmpty();
        assertThat(QueryString.read("")).isEmpty();
    }

    /** A byte that is no UTF-8, half a character, half a surrogate pair, an overlong form, and broken escapes. */
    @ParameterizedTest
    @ValueSource(strings = {"%ff", "%D0", "%ED%A0%80", "%C0%80", "%zz", "%4", "%", "%-1", "%+1", "%1г"})
    void tellsWhatCannotBeDecoded(String text) {
        assertThat(QueryString.read("a=" + text)).containsExactly(new Entry("a", null));
        assertThat(QueryString.read(text + "=1")).containsExactly(new Entry(text, null));
    }
}
