package kinoteka.seeder;

import java.sql.SQLException;
import java.util.List;
import java.util.stream.Stream;
import kinoteka.seeder.library.Library;
import kinoteka.seeder.library.customer.Customers;
import kinoteka.seeder.library.discussion.Discussion;
import kinoteka.seeder.library.film.Films;
import kinoteka.seeder.library.reference.ReferenceTables;
import kinoteka.seeder.load.FillColumns;
import kinoteka.seeder.load.FillTable;
import kinoteka.seeder.load.FillTable.DerivedUpdate;
import kinoteka.seeder.load.Ledger;
import kinoteka.seeder.load.Step;

/**
 * The steps that fill a database.
 *
 * @param ledger has the numbers of rows that earlier steps wrote
 * @param existing reads the rows that new rows refer to
 */
record SeedingPlan(Library library, LibrarySize size, Ledger ledger, ExistingRows existing) {

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
                new FillTable("movies", () -> films.movies(size.movies())),
                new FillColumns("film details", "movies", "synopsis", () -> films.details(seededRows("movies")), """
                        update movies m
                           set title_original = coalesce(m.title_original, c.title_original),
                               isan = coalesce(m.isan, c.isan),
                               country = coalesce(m.country, c.country),
                               age_rating = coalesce(m.age_rating, c.age_rating),
                               budget = coalesce(m.budget, c.budget),
                               box_office = coalesce(m.box_office, c.box_office),
                               synopsis = coalesce(m.synopsis, c.synopsis)
                          from completion c
                         where c.id = m.id
                        """),
                new FillTable("customers", () -> customers.customers(size.customers())),
                new FillColumns(
                        "customer bios", "customers", "bio", () -> customers.bios(seededRows("customers")), """
                        update customers u
                           set bio = c.bio
                          from completion c
                         where c.id = u.id and u.bio is null
                        """),
                new FillTable(
                        "sessions",
                        () -> customers.sessions(existing.movieSummaries(), customerIds(), size.sessions())));
    }

    private List<Step> films() {
        Films films = library.films();
        return List.of(
                new FillTable("tags", ReferenceTables::tags),
                new FillTable("movie_tags", () -> films.movieTags(movieIds(), existing.ids("tags", Films.MIN_TAGS))),
                new FillTable("persons", () -> films.persons(size.persons())),
                new FillTable("positions", ReferenceTables::positions),
                new FillTable("movie_staff", () -> films.staff(movieIds(), personIds(), existing.ids("positions"))),
                new FillTable("film_awards", ReferenceTables::filmAwards),
                new FillTable("nominations", ReferenceTables::nominations),
                new FillTable(
                        "awards",
                        () -> films.awards(
                                movieIds(), personIds(), existing.ids("film_awards"), existing.ids("nominations"))));
    }

    private List<Step> orders() {
        return List.of(
                new FillTable("cinemas", ReferenceTables::cinemas),
                new FillTable("cinema_offers", () -> library.films()
                        .offers(movieIds(), existing.ids("cinemas", Films.MIN_CINEMAS))),
                new FillTable(
                        "orders", () -> library.customers().orders(existing.offers(), customerIds(), size.orders())));
    }

    private List<Step> discussion() {
        Discussion discussion = library.discussion();
        return List.of(
                new FillTable("publication_categories", ReferenceTables::publicationCategories),
                new FillTable(
                        "publications",
                        () -> discussion.publications(
                                customerIds(), existing.ids("publication_categories"), size.publications())),
                new FillTable(
                        "publication_tags",
                        () -> discussion.publicationTags(publicationIds(), existing.ids("tags", Discussion.MIN_TAGS))),
                new FillTable(
                        "comments",
                        () -> discussion.comments(customerIds(), movieIds(), publicationIds(), size.comments())),
                new FillTable(
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

    /** Returns the number of seeded rows. Rows that were added later belong to users. */
    private int seededRows(String table) throws SQLException {
        return Math.toIntExact(ledger.rowsOf(table).orElseThrow());
    }
}
