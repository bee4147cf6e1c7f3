package kinoteka.seeder.words;

import java.util.List;
import java.util.Locale;
import java.util.Random;
import kinoteka.seeder.rows.RowRandom;
import net.datafaker.Faker;

/** Generates film titles in Russian and English. */
public final class TitleGenerator {

    private static final int WORDS = 2_000;

    private final Names names;
    private final List<String> adjectives;
    private final List<String> nouns;

    public TitleGenerator(long randomSeed, Names names) {
        Faker english = new Faker(Locale.ENGLISH, new Random(randomSeed));
        this.names = names;
        this.adjectives = Names.distinct(WORDS, () -> capitalize(english.word().adjective()));
        this.nouns = Names.distinct(WORDS, () -> capitalize(english.word().noun()));
    }

    public String title(Language language, RowRandom random) {
        return switch (language) {
            case RUSSIAN -> russian(random);
            case ENGLISH -> english(random);
        };
    }

    private String russian(RowRandom random) {
        RussianWords.Noun noun = random.pick(RussianWords.NOUNS);
        RussianWords.Noun other = random.pick(RussianWords.NOUNS);
        RussianWords.Adjective adjective = random.pick(RussianWords.ADJECTIVES);
        String town = names.town(Language.RUSSIAN, random);
        Names.FullName hero = names.fullName(Language.RUSSIAN, random);
        return switch (random.below(8)) {
            case 0, 1 -> capitalize(adjective.agreeingWith(noun)) + " " + noun.nominative();
            case 2 -> capitalize(noun.nominative()) + " и " + other.nominative();
            case 3 -> capitalize(noun.nominative()) + " " + other.genitive();
            case 4 -> town + ", " + random.between(1900, 2030);
            case 5 -> hero.toString();
            case 6 -> capitalize(noun.nominative()) + ". " + town;
            default -> hero.first() + " и " + adjective.agreeingWith(noun) + " " + noun.nominative();
        };
    }

    private String english(RowRandom random) {
        String noun = random.pick(nouns);
        Names.FullName hero = names.fullName(Language.ENGLISH, random);
        return switch (random.below(7)) {
            case 0, 1 -> "The " + random.pick(adjectives) + " " + noun;
            case 2 -> noun + " and " + random.pick(nouns);
            case 3 -> "The " + noun + " of " + names.town(Language.ENGLISH, random);
            case 4 -> names.town(Language.ENGLISH, random) + ", " + random.between(1900, 2030);
            case 5 -> hero.toString();
            default -> hero.first() + " and the " + random.pick(adjectives) + " " + noun;
        };
    }

    private static String capitalize(String word) {
        return word.substring(0, 1).toUpperCase(Locale.ROOT) + word.substring(1);
    }
}
