package kinoteka.seeder.words;

import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** Names as people spell them in a mail address. */
public final class Latin {

    private static final String CYRILLIC = "абвгдежзийклмнопрстуфхцчшщъыьэюя";
    private static final List<String> SPELLED = List.of(
            "a", "b", "v", "g", "d", "e", "zh", "z", "i", "y", "k", "l", "m", "n", "o", "p", "r", "s", "t", "u", "f",
            "kh", "ts", "ch", "sh", "shch", "", "y", "", "e", "yu", "ya");

    private Latin() {}

    /** Small Latin letters and dots; whatever else there was is left out. */
    public static String lettersOf(String name) {
        return name.toLowerCase(Locale.ROOT)
                .replace('ё', 'е')
                .chars()
                .mapToObj(Latin::spell)
                .collect(Collectors.joining());
    }

    private static String spell(int letter) {
        int place = CYRILLIC.indexOf(letter);
        if (place >= 0) {
            return SPELLED.get(place);
        }
        return letter == '.' || (letter >= 'a' && letter <= 'z') ? Character.toString(letter) : "";
    }
}
