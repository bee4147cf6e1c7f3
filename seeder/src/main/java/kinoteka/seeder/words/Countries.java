package kinoteka.seeder.words;

import java.util.List;
import kinoteka.seeder.rows.RowRandom;

/** Countries of films and persons. */
public final class Countries {

    public static final String USSR = "СССР";

    // A country that is listed several times is chosen more often.
    private static final List<String> RUSSIAN =
            List.of("Россия", "Россия", "Россия", "Беларусь", "Казахстан", "Армения");
    private static final List<String> ENGLISH = List.of(
            "United States", "United States", "United Kingdom", "Canada", "Australia", "Ireland", "New Zealand");

    private Countries() {}

    public static String country(Language language, RowRandom random) {
        return random.pick(language == Language.RUSSIAN ? RUSSIAN : ENGLISH);
    }
}
