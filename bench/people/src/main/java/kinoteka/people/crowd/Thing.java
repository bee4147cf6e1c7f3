package kinoteka.people.crowd;

/**
 * What is commented on and rated.
 *
 * @param kind {@code movie} or {@code publication}
 */
public record Thing(String kind, long id) {

    /** A film or a series. */
    public static Thing movie(long id) {
        return new Thing("movie", id);
    }

    /** What a customer has published. */
    public static Thing publication(long id) {
        return new Thing("publication", id);
    }

    /** Where it stands. */
    public String path() {
        return "/api/" + kind + "/" + id;
    }
}
