package kinoteka.seeder.words;

import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.function.Supplier;
import java.util.stream.Stream;
import kinoteka.seeder.rows.RowRandom;
import net.datafaker.Faker;
import org.jspecify.annotations.Nullable;

/**
 * Names of people and towns. Datafaker generates lists of them once, because a call of it for every row would take longer
 * than the rest of a load.
 */
public record Names(
        NamePool russianMen,
        NamePool russianWomen,
        NamePool english,
        List<String> russianTowns,
        List<String> englishTowns) {

    private static final int NAMES = 2_000;
    private static final int TOWNS = 300;

    /**
     * The name of a person.
     *
     * @param patronymic null in languages that have none
     */
    public record FullName(String first, @Nullable String patronymic, String last) {

        @Override
        public String toString() {
            return first + " " + last;
        }
    }

    /** Names that may be combined. Russian has a pool for each gender, because its names have gender-specific forms. */
    record NamePool(List<String> firstNames, List<String> patronymics, List<String> lastNames) {

        FullName combine(RowRandom random) {
            return new FullName(
                    random.pick(firstNames),
                    patronymics.isEmpty() ? null : random.pick(patronymics),
                    random.pick(lastNames));
        }
    }

    public static Names generate(long randomSeed) {
        Faker russian = new Faker(Locale.of("ru"), new Random(randomSeed));
        Faker english = new Faker(Locale.ENGLISH, new Random(randomSeed));
        return new Names(
                russianPool(russian, "male"),
                russianPool(russian, "female"),
                new NamePool(
                        distinct(NAMES, () -> english.name().firstName()),
                        List.of(),
                        distinct(NAMES, () -> english.name().lastName())),
                distinct(TOWNS, () -> russian.resolve("address.city_name")),
                distinct(TOWNS, () -> english.address().city()));
    }

    public FullName fullName(Language language, RowRandom random) {
        return switch (language) {
            case RUSSIAN -> (random.percent(50) ? russianMen : russianWomen).combine(random);
            case ENGLISH -> english.combine(random);
        };
    }

    public String town(Language language, RowRandom random) {
        return random.pick(language == Language.RUSSIAN ? russianTowns : englishTowns);
    }

    /** Calls the generator {@code draws} times and returns the different results. */
    static <T> List<T> distinct(int draws, Supplier<T> generator) {
        return Stream.generate(generator).limit(draws).distinct().toList();
    }

    private static NamePool russianPool(Faker faker, String gender) {
        return new NamePool(
                distinct(NAMES, () -> faker.resolve("name." + gender + "_first_name")),
                distinct(NAMES, () -> faker.resolve("name." + gender + "_middle_name")),
                distinct(NAMES, () -> faker.resolve("name." + gender + "_last_name")));
    }
}
