package kinoteka.people.scenario;

import java.util.List;
import java.util.random.RandomGenerator;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Random names and texts in Russian and English. */
final class RandomText {

    private static final int MIN_SENTENCES = 5;
    private static final int MAX_SENTENCES = 59;

    private static final List<String> NAMES =
            List.of("Анна", "Борис", "Вера", "Глеб", "Clara", "Daniel", "Emma", "Frank");
    private static final List<String> SURNAMES =
            List.of("Климова", "Ветров", "Соколова", "Лапин", "Hughes", "Moreau", "Lindqvist", "Novak");

    private static final List<String> SENTENCES = List.of(
            "Смотрели всей семьёй и не заметили, как прошло два часа.",
            "Середина затянута, но финал всё искупает.",
            "Оператор здесь важнее сценария.",
            "Пересматриваю каждый год.",
            "Музыку слушаю до сих пор.",
            "Ждал большего после трейлера.",
            "The second act drags, the ending makes up for it.",
            "I came for the cast and stayed for the sets.",
            "Nobody films rain like this.",
            "Too loud, too long, and I would see it again.",
            "A quiet film about people who talk too much.",
            "The book was better, the trailer too.");

    private static final List<String> TITLES = List.of(
            "Новости недели",
            "Рецензия",
            "Что посмотреть вечером",
            "Интервью",
            "Festival diary",
            "Review",
            "Weekend list",
            "On set");

    private RandomText() {}

    static String name(RandomGenerator random) {
        return pick(NAMES, random);
    }

    static String surname(RandomGenerator random) {
        return pick(SURNAMES, random);
    }

    static String comment(RandomGenerator random) {
        return pick(SENTENCES, random);
    }

    static String title(RandomGenerator random) {
        return pick(TITLES, random) + " № " + random.nextInt(1, 10_000);
    }

    static String text(RandomGenerator random) {
        return Stream.generate(() -> pick(SENTENCES, random))
                .limit(random.nextInt(MIN_SENTENCES, MAX_SENTENCES + 1))
                .collect(Collectors.joining(" "));
    }

    private static String pick(List<String> values, RandomGenerator random) {
        return values.get(random.nextInt(values.size()));
    }
}
