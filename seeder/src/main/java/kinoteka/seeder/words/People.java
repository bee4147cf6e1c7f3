package kinoteka.seeder.words;

import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.function.Supplier;
import java.util.stream.Stream;
import net.datafaker.Faker;
import org.jspecify.annotations.Nullable;

/** Names to combine: a call of Datafaker for every row would take longer than all the rest of a load. */
public record People(
        Names russianMen, Names russianWomen, Names english, List<String> russianTowns, List<String> englishTowns) {

    private static final int DRAWS = 2_000;
    private static final int TOWN_DRAWS = 300;

    /**
     * What somebody is called.
     *
     * @param patronymic where the language has one
     */
    public record Person(String name, @Nullable String patronymic, String surname) {

        @Override
        public String toString() {
            return name + " " + surname;
        }
    }

    /** Names of one gender, where the language has a form for each. */
    record Names(List<String> names, List<String> patronymics, List<String> surnames) {

        Person draw(Dice dice) {
            return new Person(
                    dice.oneOf(names), patronymics.isEmpty() ? null : dice.oneOf(patronymics), dice.oneOf(surnames));
        }
    }

    public static People drawnFrom(long randomSeed) {
        Faker russian = new Faker(Locale.of("ru"), new Random(randomSeed));
        Faker english = new Faker(Locale.ENGLISH, new Random(randomSeed));
        return new People(
                russians(russian, "male"),
                russians(russian, "female"),
                new Names(draw(DRAWS, () -> english.name().firstName()), List.of(), draw(DRAWS, () -> english.name()
                        .lastName())),
                draw(TOWN_DRAWS, () -> russian.resolve("address.city_name")),
                draw(TOWN_DRAWS, () -> english.address().city()));
    }

    public Person person(Language language, Dice dice) {
        return switch (language) {
            case RUSSIAN -> (dice.percent(50) ? russianMen : russianWomen).draw(dice);
            case ENGLISH -> english.draw(dice);
        };
    }

    public String town(Language language, Dice dice) {
        return dice.oneOf(language == Language.RUSSIAN ? russianTowns : englishTowns);
    }

    static <T> List<T> draw(int draws, Supplier<T> one) {
        return Stream.generate(one).limit(draws).distinct().toList();
    }

    private static Names russians(Faker faker, String gender) {
        return new Names(
                draw(DRAWS, () -> faker.resolve("name." + gender + "_first_name")),
                draw(DRAWS, () -> faker.resolve("name." + gender + "_middle_name")),
                draw(DRAWS, () -> faker.resolve("name." + gender + "_last_name")));
    }
}
