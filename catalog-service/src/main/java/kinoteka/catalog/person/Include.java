package kinoteka.catalog.person;

/** A list that a request can include in the representation of a person. */
enum Include {
    FILMOGRAPHY,
    AWARDS
}
