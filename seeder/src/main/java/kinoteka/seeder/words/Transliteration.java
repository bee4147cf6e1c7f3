package kinoteka.seeder.words;

import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** Transliterates Russian names for usernames and e-mail addresses. */
public final class Transliteration {

    private static final String CYRILLIC = "абвгдежзийклмнопрстуфхцчшщъыьэюя";
    private static final List<String> LATIN = List.of(
            "a", "b", "v", "g", "d", "e", "zh", "z", "i", "y", "k", "l", "m", "n", "o", "p", "r", "s", "t", "u", "f",
            "kh", "ts", "ch", "sh", "shch", "", "y", "", "e", "yu", "ya");

    private Transliteration() {}

    /** Returns lower-case Latin letters and dots. Other characters are removed. */
    public static String toLatin(String name) {
        return name.toLowerCase(Locale.ROOT)
                .replace('ё', 'е')
                .chars()
                .mapToObj(Transliteration::toLatin)
                .collect(Collectors.joining());
    }

    private static String toLatin(int character) {
        int index = CYRILLIC.indexOf(character);
        if (index >= 0) {
            return LATIN.get(index);
        }
        boolean kept = character == '.' || (character >= 'a' && character <= 'z');
        return kept ? Character.toString(character) : "";
    }
}
