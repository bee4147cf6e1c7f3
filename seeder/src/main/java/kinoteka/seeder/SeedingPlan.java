package kinoteka.seeder;

import java.sql.SQLException;
import java.util.List;
import java.util.stream.Stream;
import kinoteka.seeder.library.Library;
import kinoteka.seeder.library.customer.Customers;
import kinoteka.seeder.library.discussion.Discussion;
import kinoteka.seeder.library.film.Films;
import kinoteka.seeder.library.reference.ReferenceTables;
import kinoteka.seeder.load.Step;
import kinoteka.seeder.load.Step.DerivedUpdate;

/**
 * The steps that fill a database.
 *
 * @param existing reads the rows that new rows refer to
 */
record SeedingPlan(Library library, LibrarySize size, ExistingRows existing) {

    private static final String SET_RATING_TOTALS = """
            update %1$s rated
               set rating_sum = given.stars, rating_count = given.votes
              from (select %2$s as id, sum(stars) as stars, count(*) as votes
                      from ratings
                     group by %2$s) given
             where given.id = rated.id
            """;

    /** Returns the steps in an order in which each follows the steps whose rows it refers to. */
    List<Step> steps() {
        return Stream.of(moviesAndSessions(), films(), orders(), discussion())
                .flatMap(List::stream)
                .toList();
    }

    private List<Step> moviesAndSessions() {
        Films films = library.films();
        Customers customers = library.customers();
        return List.of(
                new Step("movies", () -> films.movies(size.movies())),
                new Step("customers", () -> customers.customers(size.customers())),
                new Step(
                        "sessions",
                        () -> customers.sessions(existing.movieSummaries(), customerIds(), size.sessions())));
    }

    private List<Step> films() {
        Films films = library.films();
        return List.of(
                new Step("tags", ReferenceTables::tags),
                new Step("movie_tags", () -> films.movieTags(movieIds(), existing.ids("tags", Films.MIN_TAGS))),
                new Step("persons", () -> films.persons(size.persons())),
                new Step("positions", ReferenceTables::positions),
                new Step("movie_staff", () -> films.staff(movieIds(), personIds(), existing.ids("positions"))),
                new Step("film_awards", ReferenceTables::filmAwards),
                new Step("nominations", ReferenceTables::nominations),
                new Step(
                        "awards",
                        () -> films.awards(
                                movieIds(), personIds(), existing.ids("film_awards"), existing.ids("nominations"))));
    }

    private List<Step> orders() {
        return List.of(
                new Step("cinemas", ReferenceTables::cinemas),
                new Step("cinema_offers", () -> library.films()
                        .offers(movieIds(), existing.ids("cinemas", Films.MIN_CINEMAS))),
                new Step("orders", () -> library.customers().orders(existing.offers(), customerIds(), size.orders())));
    }

    private List<Step> discussion() {
        Discussion discussion = library.discussion();
        return List.of(
                new Step("publication_categories", ReferenceTables::publicationCategories),
                new Step(
                        "publications",
                        () -> discussion.publications(
                                customerIds(), existing.ids("publication_categories"), size.publications())),
                new Step(
                        "publication_tags",
                        () -> discussion.publicationTags(publicationIds(), existing.ids("tags", Discussion.MIN_TAGS))),
                new Step(
                        "comments",
                        () -> discussion.comments(customerIds(), movieIds(), publicationIds(), size.comments())),
                new Step(
                        "ratings",
                        () -> discussion.ratings(customerIds(), movieIds(), publicationIds(), size.ratings()),
                        List.of(
                                new DerivedUpdate("movies", SET_RATING_TOTALS.formatted("movies", "movie_id")),
                                new DerivedUpdate(
                                        "publications",
                                        SET_RATING_TOTALS.formatted("publications", "publication_id")))));
    }

    private long[] movieIds() throws SQLException {
        return existing.ids("movies");
    }

    private long[] customerIds() throws SQLException {
        return existing.ids("customers");
    }

    private long[] publicationIds() throws SQLException {
        return existing.ids("publications");
    }

    private long[] personIds() throws SQLException {
        return existing.ids("persons", Films.MIN_PERSONS);
    }
}
