package kinoteka.gateway.cache.directive;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CacheControlTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "max-age=60 | 60",
                "MAX-AGE=60 | 60",
                "max-age=\"60\" | 60",
                " ,, max-age=60 , | 60",
                "private=\"max-age=5, x\", max-age=60 | 60",
                "x=\"a\\\",max-age=5\", max-age=60 | 60",
                "max-age=60, max-age=60 | 60",
                "max-age=60, max-age=61 | -2",
                "max-age | -2",
                "max-age= | -2",
                "max-age=-1 | -2",
                "max-age=1.5 | -2",
                "max-age=1 2 | -2",
                "max-age=x | -2",
                "no-cache | -1",
                "xmax-age=60 | -1",
                "\"max-age=60 | -1",
                "max-age=99999999999999999999 | 2147483648"
            })
    void readsSeconds(String field, long seconds) {
        assertThat(CacheControl.parse(List.of(field)).seconds("max-age")).isEqualTo(seconds);
    }

    @Test
    void readsAllFields() {
        var control = CacheControl.parse(List.of("public", "max-age=1", "max-age=2"));

        assertThat(control.has("public")).isTrue();
        assertThat(control.seconds("max-age")).isEqualTo(CacheControl.INVALID);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "no-cache | true",
                "No-Cache=\"set-cookie, x\" | true",
                "x=\"no-cache\" | false",
                "xno-cache | false"
            })
    void aRestrictionToFieldsIsARestriction(String field, boolean has) {
        assertThat(CacheControl.parse(List.of(field)).has("no-cache")).isEqualTo(has);
    }
}
