package kinoteka.catalog.person;

/** What a person's page can show besides the person. */
enum Part {
    FILMOGRAPHY,
    AWARDS
}
