package kinoteka.seeder.library.reference;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Nominations. A film wins an award in a nomination either as a whole or for the work of one person. */
public enum Nomination {
    FILM("Лучший фильм", "Весь фильм, от замысла до премьеры", null),
    DIRECTING("Лучшая режиссёрская работа", "Постановка", Position.DIRECTOR),
    SCREENPLAY("Лучший сценарий", "Оригинальный или по книге", Position.SCREENWRITER),
    LEAD("Лучшая главная роль", "Роль первого плана", Position.ACTOR),
    CAMERA("Лучшая операторская работа", "Изображение и свет", Position.CINEMATOGRAPHER),
    SCORE("Лучшая музыка к фильму", "Музыка, написанная для фильма", Position.COMPOSER),
    CUT("Лучший монтаж", "Ритм и порядок", Position.EDITOR),
    DESIGN("Лучшая работа художника-постановщика", "Декорации и пространство", Position.PRODUCTION_DESIGNER),
    COSTUMES("Лучшие костюмы", "Костюмы эпохи и выдуманные", Position.COSTUME_DESIGNER),
    SOUND("Лучший звук", "Запись и сведение", Position.SOUND_ENGINEER),
    DEBUT("Открытие года", "Первый полнометражный фильм", Position.DIRECTOR),
    CHILDREN("Лучший фильм для детей", "До двенадцати лет", null),
    AUDIENCE("Приз зрительских симпатий", "Голосование зрителей", null),
    PRESS("Приз прессы", "Выбор аккредитованных журналистов", null),
    DOCUMENTARY("Best Documentary", "Of any length", null),
    ANIMATED("Best Animated Feature", "Drawn, modelled or computed", null),
    SHORT("Best Short Film", "Up to forty minutes", null),
    FOREIGN("Best International Feature", "In another language than the festival's", null),
    EFFECTS("Best Visual Effects", "What the camera could not see", null),
    JURY("Grand Jury Prize", "The jury's own choice", null),
    RESTORED("Best Restoration", "An old film as good as new", null);

    private final String title;
    private final String description;
    private final @Nullable Position winner;

    Nomination(String title, String description, @Nullable Position winner) {
        this.title = title;
        this.description = description;
        this.winner = winner;
    }

    String title() {
        return title;
    }

    String description() {
        return description;
    }

    /** Returns the position of the person who wins; empty if the film wins as a whole. */
    public Optional<Position> winner() {
        return Optional.ofNullable(winner);
    }
}
