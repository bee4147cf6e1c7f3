package kinoteka.gateway.cache.coherence;

/** The members of an event that identify a resource, or what it belongs to. */
public enum Member {
    ID("id"),
    MOVIE_ID("movie_id"),
    PERSON_ID("person_id"),
    CINEMA_ID("cinema_id"),
    PUBLICATION_ID("publication_id");

    private final String label;

    Member(String label) {
        this.label = label;
    }

    /** The name in events. */
    public String label() {
        return label;
    }
}
