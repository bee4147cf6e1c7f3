package kinoteka.seeder.words;

/** What something is called and written in. */
public enum Language {
    RUSSIAN,
    ENGLISH;

    /** Half of everything is Russian, half English: what has an odd id and what has an even one. */
    public static Language of(long id) {
        return id % 2 == 0 ? ENGLISH : RUSSIAN;
    }
}
