package kinoteka.seeder.words;

import java.util.List;

/** Where films and those who make them come from. */
public final class Countries {

    public static final String USSR = "СССР";

    private static final List<String> RUSSIAN =
            List.of("Россия", "Россия", "Россия", "Беларусь", "Казахстан", "Армения");
    private static final List<String> ENGLISH = List.of(
            "United States", "United States", "United Kingdom", "Canada", "Australia", "Ireland", "New Zealand");

    private Countries() {}

    /** Some more often than others. */
    public static String country(Language language, Dice dice) {
        return dice.oneOf(language == Language.RUSSIAN ? RUSSIAN : ENGLISH);
    }
}
