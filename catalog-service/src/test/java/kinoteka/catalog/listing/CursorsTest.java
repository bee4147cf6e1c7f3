package kinoteka.catalog.listing;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CursorsTest {

    record After(int year, String title, long id) {}

    private final Cursors<After> cursors = new Cursors<>(After.class);

    @Test
    void readsWhatItWrote() {
        var position = new After(1979, "Сталкер \"director's cut\"", Long.MAX_VALUE);

        assertThat(cursors.read(cursors.write(position))).contains(position);
    }

    @Test
    void writesNothingThatAnAddressWouldHaveToEscape() {
        assertThat(cursors.write(new After(1979, "??>>~~ёёё", 1))).matches("[A-Za-z0-9_-]+");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "null",
                "[]",
                "{",
                "{\"year\":1979}",
                "{\"year\":1979,\"title\":\"Stalker\",\"id\":null}",
                "{\"year\":1979,\"title\":\"Stalker\",\"id\":\"1\"}",
                "{\"year\":1979.5,\"title\":\"Stalker\",\"id\":1}",
                "{\"year\":1979,\"title\":\"Stalker\",\"id\":1,\"more\":1}",
                "{\"year\":1979,\"title\":\"Stalker\",\"id\":1} {}",
                "{ \"year\":1979,\"title\":\"Stalker\",\"id\":1}",
                "{\"year\":1979,\"title\":\"\\u0000\",\"id\":1}",
                "{\"year\":1979,\"title\":\"Stalker\",\"id\":99999999999999999999}",
                "{\"username\":\"anna\",\"id\":1}"
            })
    void rejectsAForgedCursor(String forged) {
        var cursor = Base64.getUrlEncoder().withoutPadding().encodeToString(forged.getBytes(StandardCharsets.UTF_8));

        assertThat(cursors.read(cursor)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"zzz", "ё", "=", "e30=", "e3 0", "e30\n", "\0"})
    void rejectsATextThatIsNotACursor(String text) {
        assertThat(cursors.read(text)).isEmpty();
    }
}
