package kinoteka.catalog.parameter;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.core.ResolvableType;

class ValueFormatTest {

    private static final ValueFormat LONG = format(long.class);

    @ParameterizedTest
    @ValueSource(strings = {"0", "7", "-7", "9223372036854775807", "-9223372036854775808"})
    void acceptsAWholeNumberInDecimalDigits(String text) {
        assertThat(LONG.isMetBy()).accepts(text);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "-",
                "+7",
                "07",
                "-0",
                "00",
                "0x7",
                "#7",
                "7.0",
                "7e0",
                "7 ",
                " 7",
                "7\n",
                "1_000",
                "1,000",
                "７",
                "٧",
                "9223372036854775808",
                "-9223372036854775809",
                "99999999999999999999999999"
            })
    void rejectsAnyOtherSpelling(String text) {
        assertThat(LONG.isMetBy()).rejects(text);
    }

    @Test
    void knowsTheRangeOfATypeInItsExpectation() {
        assertThat(format(Integer.class).isMetBy())
                .accepts("2147483647", "-2147483648")
                .rejects("2147483648");
        assertThat(format(Integer.class).expectation()).isEqualTo("a whole number of 32 bits in decimal digits");
        assertThat(LONG.expectation()).isEqualTo("a whole number of 64 bits in decimal digits");
    }

    @Test
    void readsDecimalNumbersWithoutExponents() {
        assertThat(format(BigDecimal.class).isMetBy())
                .accepts("4", "4.5", "-0.5", "0")
                .rejects("", ".5", "4.", "+4", "04", "4e0", "0x4", "NaN", "1".repeat(20), "1." + "1".repeat(19));
    }

    @Test
    void readsNamesInLowerCaseAndListsWithoutSpaces() {
        var list = ValueFormat.of(ResolvableType.forClassWithGenerics(Set.class, Location.class));

        assertThat(list.isMetBy())
                .accepts("path", "path,query", "path,path")
                .rejects("", "PATH", "path,", ",path", "path,,query", "path, query", "body");
        assertThat(list.expectation()).isEqualTo("a comma-separated list of path, query, header");
    }

    private static ValueFormat format(Class<?> type) {
        return ValueFormat.of(ResolvableType.forClass(type));
    }
}
