package kinoteka.seeder.library.reference;

/** Positions in the crew of a film. */
public enum Position {
    DIRECTOR("Режиссёр"),
    SCREENWRITER("Сценарист"),
    ACTOR("Актёр"),
    CINEMATOGRAPHER("Оператор"),
    COMPOSER("Композитор"),
    PRODUCER("Продюсер"),
    EDITOR("Монтажёр"),
    PRODUCTION_DESIGNER("Художник-постановщик"),
    COSTUME_DESIGNER("Художник по костюмам"),
    SOUND_ENGINEER("Звукорежиссёр"),
    MAKE_UP_ARTIST("Гримёр"),
    STUNT_COORDINATOR("Постановщик трюков"),
    SHOWRUNNER("Showrunner"),
    VISUAL_EFFECTS("Visual effects supervisor"),
    CASTING("Casting director"),
    VOICE("Voice actor");

    private final String title;

    Position(String title) {
        this.title = title;
    }

    String title() {
        return title;
    }
}
