package kinoteka.people.deed;

import java.util.List;
import java.util.random.RandomGenerator;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What people say, in Russian and English. */
final class Words {

    private static final int LONGEST_TEXT = 60;

    private static final List<String> NAMES =
            List.of("Анна", "Борис", "Вера", "Глеб", "Clara", "Daniel", "Emma", "Frank");
    private static final List<String> SURNAMES =
            List.of("Климова", "Ветров", "Соколова", "Лапин", "Hughes", "Moreau", "Lindqvist", "Novak");

    private static final List<String> REMARKS = List.of(
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

    private static final List<String> SUBJECTS = List.of(
            "Новости недели",
            "Рецензия",
            "Что посмотреть вечером",
            "Интервью",
            "Festival diary",
            "Review",
            "Weekend list",
            "On set");

    private Words() {}

    static String name(RandomGenerator dice) {
        return any(NAMES, dice);
    }

    static String surname(RandomGenerator dice) {
        return any(SURNAMES, dice);
    }

    static String remark(RandomGenerator dice) {
        return any(REMARKS, dice);
    }

    static String title(RandomGenerator dice) {
        return any(SUBJECTS, dice) + " № " + dice.nextInt(1, 10_000);
    }

    static String text(RandomGenerator dice) {
        return Stream.generate(() -> any(REMARKS, dice))
                .limit(dice.nextInt(5, LONGEST_TEXT))
                .collect(Collectors.joining(" "));
    }

    private static String any(List<String> words, RandomGenerator dice) {
        return words.get(dice.nextInt(words.size()));
    }
}
