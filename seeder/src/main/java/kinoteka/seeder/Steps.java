package kinoteka.seeder;

import java.sql.SQLException;
import java.util.List;
import java.util.stream.Stream;
import kinoteka.seeder.library.Library;
import kinoteka.seeder.library.film.Films;
import kinoteka.seeder.library.registry.Registries;
import kinoteka.seeder.library.talk.Talk;
import kinoteka.seeder.library.viewer.Viewers;
import kinoteka.seeder.load.Completion;
import kinoteka.seeder.load.Fill;
import kinoteka.seeder.load.Fill.Consequence;
import kinoteka.seeder.load.Ledger;
import kinoteka.seeder.load.Step;

/**
 * What it takes to fill a database.
 *
 * @param ledger tells how much of a table was seeded
 * @param holdings what there is to refer to
 */
record Steps(Library library, Volume volume, Ledger ledger, Holdings holdings) {

    /** Each after those whose rows it refers to. */
    List<Step> inOrder() {
        return Stream.of(viewing(), films(), ordering(), talk())
                .flatMap(List::stream)
                .toList();
    }

    private List<Step> viewing() {
        Films films = library.films();
        Viewers viewers = library.viewers();
        return List.of(
                new Fill("movies", () -> films.movies(volume.movies())),
                new Completion("film details", "movies", "synopsis", () -> films.details(seeded("movies")), """
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
                new Fill("customers", () -> viewers.customers(volume.customers())),
                new Completion("customer bios", "customers", "bio", () -> viewers.bios(seeded("customers")), """
                        update customers u
                           set bio = c.bio
                          from completion c
                         where c.id = u.id and u.bio is null
                        """),
                new Fill("sessions", () -> viewers.sessions(holdings.headings(), customers(), volume.sessions())));
    }

    private List<Step> films() {
        Films films = library.films();
        return List.of(
                new Fill("tags", Registries::tags),
                new Fill("movie_tags", () -> films.tags(movies(), holdings.ids("tags", Films.FEWEST_TAGS))),
                new Fill("persons", () -> films.persons(volume.persons())),
                new Fill("positions", Registries::positions),
                new Fill("movie_staff", () -> films.staff(movies(), crews(), holdings.ids("positions"))),
                new Fill("film_awards", Registries::filmAwards),
                new Fill("nominations", Registries::nominations),
                new Fill(
                        "awards",
                        () -> films.awards(
                                movies(), crews(), holdings.ids("film_awards"), holdings.ids("nominations"))));
    }

    private List<Step> ordering() {
        return List.of(
                new Fill("cinemas", Registries::cinemas),
                new Fill("cinema_offers", () -> library.films()
                        .offers(movies(), holdings.ids("cinemas", Films.FEWEST_CINEMAS))),
                new Fill("orders", () -> library.viewers().orders(holdings.offers(), customers(), volume.orders())));
    }

    private List<Step> talk() {
        Talk talk = library.talk();
        return List.of(
                new Fill("publication_categories", Registries::publicationCategories),
                new Fill(
                        "publications",
                        () -> talk.publications(
                                customers(), holdings.ids("publication_categories"), volume.publications())),
                new Fill("publication_tags", () -> talk.tags(publications(), holdings.ids("tags", Talk.FEWEST_TAGS))),
                new Fill("comments", () -> talk.comments(customers(), movies(), publications(), volume.comments())),
                new Fill(
                        "ratings",
                        () -> talk.ratings(customers(), movies(), publications(), volume.ratings()),
                        List.of(new Consequence("movies", """
                                update movies m
                                   set rating_sum = given.stars, rating_count = given.votes
                                  from (select movie_id, sum(stars) as stars, count(*) as votes
                                          from ratings
                                         group by movie_id) given
                                 where given.movie_id = m.id
                                """), new Consequence("publications", """
                                update publications p
                                   set rating_sum = given.stars, rating_count = given.votes
                                  from (select publication_id, sum(stars) as stars, count(*) as votes
                                          from ratings
                                         group by publication_id) given
                                 where given.publication_id = p.id
                                """))));
    }

    private long[] movies() throws SQLException {
        return holdings.ids("movies");
    }

    private long[] customers() throws SQLException {
        return holdings.ids("customers");
    }

    private long[] publications() throws SQLException {
        return holdings.ids("publications");
    }

    private long[] crews() throws SQLException {
        return holdings.ids("persons", Films.FEWEST_PERSONS);
    }

    /** How many rows of a table were seeded: those that came later are their users'. */
    private int seeded(String table) throws SQLException {
        return Math.toIntExact(ledger.rowsOf(table).orElseThrow());
    }
}
