package kinoteka.seeder.library.reference;

import java.util.List;
import java.util.stream.Stream;
import kinoteka.seeder.rows.FixedRows;
import kinoteka.seeder.rows.Rows;

/** The rows of the reference tables. */
public final class ReferenceTables {

    private ReferenceTables() {}

    public static Rows tags() {
        return titles(
                "драма",
                "комедия",
                "мелодрама",
                "детектив",
                "приключения",
                "семейное",
                "военное",
                "thriller",
                "science fiction",
                "fantasy",
                "documentary",
                "animation",
                "musical",
                "western");
    }

    public static Rows positions() {
        return titles(Stream.of(Position.values()).map(Position::title).toArray(String[]::new));
    }

    public static Rows filmAwards() {
        return new FixedRows(
                "id, title, description",
                List.of(
                        List.of("Оскар", "Премия Американской академии кинематографических искусств и наук"),
                        List.of("Ника", "Российская национальная кинематографическая премия"),
                        List.of(
                                "Золотой орёл",
                                "Премия Национальной академии кинематографических искусств и наук России"),
                        List.of("Белый слон", "Премия Гильдии киноведов и кинокритиков России"),
                        List.of("Золотая пальмовая ветвь", "Каннский кинофестиваль"),
                        List.of("Золотой лев", "Венецианский кинофестиваль"),
                        List.of("Золотой медведь", "Берлинский кинофестиваль"),
                        List.of("Golden Globe", "Of journalists from all over the world"),
                        List.of("BAFTA Film Award", "Of the British Academy of Film and Television Arts"),
                        List.of("César", "Of the French Academy of Cinema Arts and Techniques"),
                        List.of("European Film Award", "Of the European Film Academy")));
    }

    public static Rows nominations() {
        return new FixedRows(
                "id, title, description",
                Stream.of(Nomination.values())
                        .map(one -> List.of(one.title(), one.description()))
                        .toList());
    }

    public static Rows cinemas() {
        return new FixedRows(
                "id, title, url",
                List.of(
                        List.of("Вечерний сеанс", "https://vecherniy-seans.example"),
                        List.of("Большой экран", "https://bolshoy-ekran.example"),
                        List.of("Домашний кинозал", "https://domashniy-kinozal.example"),
                        List.of("Лунный проектор", "https://lunniy-proektor.example"),
                        List.of("Кинопоезд", "https://kinopoezd.example"),
                        List.of("Silver Screen", "https://silver-screen.example"),
                        List.of("Night Owl Cinema", "https://night-owl.example"),
                        List.of("Reel House", "https://reel-house.example"),
                        List.of("The Matinee", "https://matinee.example"),
                        List.of("Second Row", "https://second-row.example")));
    }

    public static Rows publicationCategories() {
        return titles("Новости", "Рецензии", "Интервью", "Анонсы", "Подборки", "Festivals", "Behind the scenes");
    }

    private static Rows titles(String... titles) {
        return new FixedRows("id, title", Stream.of(titles).map(List::of).toList());
    }
}
