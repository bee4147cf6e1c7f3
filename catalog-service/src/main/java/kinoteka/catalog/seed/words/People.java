package kinoteka.catalog.seed.words;

import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.function.Supplier;
import java.util.stream.Stream;
import net.datafaker.Faker;

/** Names to combine: a call of Datafaker for every row would take longer than all the rest of a load. */
public record People(
        List<Person> russians, List<Person> english, List<String> russianCities, List<String> englishCities) {

    private static final int DRAWS = 2_000;
    private static final int CITY_DRAWS = 300;

    /** A first name and a family name that go together; in Russian they share their gender. */
    public record Person(String name, String surname) {}

    public static People drawnFrom(long randomSeed) {
        Faker russian = new Faker(Locale.of("ru"), new Random(randomSeed));
        Faker english = new Faker(Locale.ENGLISH, new Random(randomSeed));
        Supplier<Person> man = () -> new Person(russian.name().maleFirstName(), russian.resolve("name.male_last_name"));
        Supplier<Person> woman =
                () -> new Person(russian.name().femaleFirstName(), russian.resolve("name.female_last_name"));
        return new People(
                Stream.concat(draw(DRAWS / 2, man), draw(DRAWS / 2, woman)).toList(),
                draw(
                                DRAWS,
                                () -> new Person(
                                        english.name().firstName(),
                                        english.name().lastName()))
                        .toList(),
                draw(CITY_DRAWS, () -> russian.resolve("address.city_name")).toList(),
                draw(CITY_DRAWS, () -> english.address().city()).toList());
    }

    static <T> Stream<T> draw(int draws, Supplier<T> one) {
        return Stream.generate(one).limit(draws).distinct();
    }
}
