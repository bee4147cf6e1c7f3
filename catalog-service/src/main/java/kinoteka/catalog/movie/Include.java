package kinoteka.catalog.movie;

/** A list that a request can include in the representation of a film. */
enum Include {
    STAFF,
    AWARDS,
    OFFERS
}
