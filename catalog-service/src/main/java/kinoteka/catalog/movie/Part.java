package kinoteka.catalog.movie;

/** What a film's page can show besides the film. */
enum Part {
    STAFF,
    AWARDS,
    OFFERS
}
