package kinoteka.catalog.openapi;

import java.util.Locale;

/** The features that group the operations of the document. */
enum Tag {
    AWARD("Film awards that films and persons have won."),
    CHANGES("Events about created, changed and deleted resources."),
    CINEMA("Online cinemas, and their offers of films."),
    COMMENT("Comments on films and publications."),
    CUSTOMER("Accounts of customers, and their public profiles."),
    MOVIE("Films and series."),
    ORDER("Orders of customers."),
    PERSON("People who make films."),
    PUBLICATION("Articles about films."),
    RATING("Ratings of films and publications."),
    SESSION("Viewing sessions: a customer watches a film."),
    STAFF("The staff of a film."),
    VOCABULARY("Tags, positions, film awards, nominations and publication categories.");

    private final String description;

    Tag(String description) {
        this.description = description;
    }

    /** @param name in lower case */
    static Tag of(String name) {
        return valueOf(name.toUpperCase(Locale.ROOT));
    }

    String description() {
        return description;
    }
}
