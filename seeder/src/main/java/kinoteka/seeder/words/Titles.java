package kinoteka.seeder.words;

import java.util.List;
import java.util.Locale;
import java.util.Random;
import net.datafaker.Faker;

/** Film titles, Russian and English. */
public final class Titles {

    private static final int DRAWS = 2_000;

    private final People people;
    private final List<String> adjectives;
    private final List<String> nouns;

    public Titles(long randomSeed, People people) {
        Faker english = new Faker(Locale.ENGLISH, new Random(randomSeed));
        this.people = people;
        this.adjectives = People.draw(DRAWS, () -> capital(english.word().adjective()));
        this.nouns = People.draw(DRAWS, () -> capital(english.word().noun()));
    }

    public String title(Language language, Dice dice) {
        return switch (language) {
            case RUSSIAN -> russian(dice);
            case ENGLISH -> english(dice);
        };
    }

    private String russian(Dice dice) {
        RussianWords.Noun one = dice.oneOf(RussianWords.NOUNS);
        RussianWords.Noun other = dice.oneOf(RussianWords.NOUNS);
        RussianWords.Adjective quality = dice.oneOf(RussianWords.ADJECTIVES);
        String town = people.town(Language.RUSSIAN, dice);
        People.Person hero = people.person(Language.RUSSIAN, dice);
        return switch (dice.below(8)) {
            case 0, 1 -> capital(quality.agreeingWith(one)) + " " + one.nominative();
            case 2 -> capital(one.nominative()) + " и " + other.nominative();
            case 3 -> capital(one.nominative()) + " " + other.genitive();
            case 4 -> town + ", " + dice.between(1900, 2030);
            case 5 -> hero.toString();
            case 6 -> capital(one.nominative()) + ". " + town;
            default -> hero.name() + " и " + quality.agreeingWith(one) + " " + one.nominative();
        };
    }

    private String english(Dice dice) {
        String noun = dice.oneOf(nouns);
        People.Person hero = people.person(Language.ENGLISH, dice);
        return switch (dice.below(7)) {
            case 0, 1 -> "The " + dice.oneOf(adjectives) + " " + noun;
            case 2 -> noun + " and " + dice.oneOf(nouns);
            case 3 -> "The " + noun + " of " + people.town(Language.ENGLISH, dice);
            case 4 -> people.town(Language.ENGLISH, dice) + ", " + dice.between(1900, 2030);
            case 5 -> hero.toString();
            default -> hero.name() + " and the " + dice.oneOf(adjectives) + " " + noun;
        };
    }

    private static String capital(String word) {
        return word.substring(0, 1).toUpperCase(Locale.ROOT) + word.substring(1);
    }
}
