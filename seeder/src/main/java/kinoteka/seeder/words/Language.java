package kinoteka.seeder.words;

/** The language of a name or a text. */
public enum Language {
    RUSSIAN,
    ENGLISH;

    /** Returns Russian for odd ids and English for even ones, so that half of every table is in each language. */
    public static Language of(long id) {
        return id % 2 == 0 ? ENGLISH : RUSSIAN;
    }
}
