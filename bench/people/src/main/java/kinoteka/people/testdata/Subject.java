package kinoteka.people.testdata;

/**
 * A resource that users comment on and rate.
 *
 * @param type {@code movie} or {@code publication}
 */
public record Subject(String type, long id) {

    /** Returns a movie as a subject. */
    public static Subject movie(long id) {
        return new Subject("movie", id);
    }

    /** Returns a publication as a subject. */
    public static Subject publication(long id) {
        return new Subject("publication", id);
    }

    /** Returns the path of the resource. */
    public String path() {
        return "/api/" + type + "/" + id;
    }
}
