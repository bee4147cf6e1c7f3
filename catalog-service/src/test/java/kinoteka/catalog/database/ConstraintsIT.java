package kinoteka.catalog.database;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.sql.SQLException;
import java.util.UUID;
import kinoteka.catalog.CatalogIT;
import kinoteka.catalog.RealPostgres;
import kinoteka.catalog.Samples;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The defects of the original schemas, which {@code docs/data-model.md} lists, do not occur in this one. */
@CatalogIT
class ConstraintsIT {

    private long movie;
    private long customer;

    @BeforeEach
    void addAMovieAndACustomer() throws SQLException {
        movie = Samples.stalker();
        customer = Samples.customer();
    }

    @Test
    void aBudgetIsNotNegative() {
        assertRejected("movie_budget_is_not_negative", "update movies set budget = -1 where id = ?", movie);
    }

    @Test
    void aBoxOfficeIsNotNegativeWhateverTheBudget() {
        assertRejected(
                "movie_box_office_is_not_negative",
                "update movies set budget = 1, box_office = -1 where id = ?",
                movie);
    }

    @Test
    void aDiscountIsAPercentage() throws SQLException {
        for (var discount : new int[] {-1, 101}) {
            assertRejected("cinema_offer_discount_is_between_0_and_100", """
                    insert into cinema_offers (movie_id, cinema_id, price, rating, discount) values (?, ?, 100, 5, ?)
                    """, movie, cinema(), discount);
        }
    }

    @Test
    void aCommentIsAboutAFilmOrAPublicationAndNeverBothOrNeither() throws SQLException {
        assertRejected(
                "comment_is_about_either_a_movie_or_a_publication",
                "insert into comments (customer_id, text) values (?, 'Yes')",
                customer);
        assertRejected("comment_is_about_either_a_movie_or_a_publication", """
                insert into comments (customer_id, text, movie_id, publication_id) values (?, 'Yes', ?, ?)
                """, customer, movie, publication());
    }

    @Test
    void aRatingIsAboutAFilmOrAPublicationAndNeverBothOrNeither() throws SQLException {
        assertRejected(
                "rating_is_about_either_a_movie_or_a_publication",
                "insert into ratings (customer_id, stars) values (?, 5)",
                customer);
        assertRejected("rating_is_about_either_a_movie_or_a_publication", """
                insert into ratings (customer_id, stars, movie_id, publication_id) values (?, 5, ?, ?)
                """, customer, movie, publication());
    }

    @Test
    void aCustomerRatesAThingOnce() throws SQLException {
        var publication = publication();
        RealPostgres.ask(
                "insert into ratings (customer_id, stars, movie_id) values (?, 5, ?) returning id", customer, movie);
        RealPostgres.ask(
                "insert into ratings (customer_id, stars, publication_id) values (?, 5, ?) returning id",
                customer,
                publication);

        assertRejected("rating_movie_and_customer_are_unique_together", """
                insert into ratings (customer_id, stars, movie_id) values (?, 4, ?)
                """, customer, movie);
        assertRejected("rating_publication_and_customer_are_unique_together", """
                insert into ratings (customer_id, stars, publication_id) values (?, 4, ?)
                """, customer, publication);
    }

    @Test
    void aMoviesTagsAreThoseThatThereAre() {
        assertRejected("movie_tag_tag_exists", "insert into movie_tags (movie_id, tag_id) values (?, 0)", movie);
    }

    @Test
    void everyTableHasAComment() throws SQLException {
        assertThat(RealPostgres.ask("""
                        select coalesce(string_agg(relname, ', '), 'none')
                          from pg_class
                         where relnamespace = 'public'::regnamespace and relkind = 'r'
                           and relname not in ('flyway_schema_history', 'seed_ledger')
                           and obj_description(oid, 'pg_class') is null
                        """)).as("tables without a comment").isEqualTo("none");
    }

    @Test
    void aPublicationMayBeLongerThanAnIndexEntry() {
        assertThatCode(() -> RealPostgres.ask(
                        "update publications set text = ? where id = ? returning id", longText(), publication()))
                .doesNotThrowAnyException();
    }

    @Test
    void aPublicationNeedsNoDateOfItsLastChange() {
        assertThatCode(this::publication).doesNotThrowAnyException();
    }

    @Test
    void anAccountIsClosedAfterItWasOpenedToTheInstant() {
        assertRejected("customer_account_is_not_closed_before_it_is_opened", """
                update customers
                   set deleted_at = created_at - interval '1 second', email = null, name = null, surname = null,
                       birthday = null
                 where id = ?
                """, customer);
    }

    @Test
    void aPersonHasAPositionAndACharacterInAFilmOnce() throws SQLException {
        var person = Samples.person();
        var position = Samples.term("positions");
        var insert = "insert into movie_staff (movie_id, person_id, position_id) values (?, ?, ?)";
        id(insert, movie, person, position);

        assertRejected("movie_staff_person_has_a_position_and_a_character_only_once", insert, movie, person, position);
    }

    @Test
    void anOrderHasACustomerAMovieAndACinema() throws SQLException {
        var order = "insert into orders (customer_id, movie_id, cinema_id, price) values ";
        var cinema = cinema();

        assertMissing("customer_id", order + "(null, ?, ?, 1)", movie, cinema);
        assertMissing("movie_id", order + "(?, null, ?, 1)", customer, cinema);
        assertMissing("cinema_id", order + "(?, ?, null, 1)", customer, movie);
    }

    @Test
    void anOfferHasAMovieAndACinema() throws SQLException {
        var offer = "insert into cinema_offers (movie_id, cinema_id, price, rating) values ";

        assertMissing("movie_id", offer + "(null, ?, 1, 5)", cinema());
        assertMissing("cinema_id", offer + "(?, null, 1, 5)", movie);
    }

    @ParameterizedTest
    @ValueSource(strings = {"film_awards", "nominations"})
    void titlesOfAwardsAndNominationsAreUnique(String table) throws SQLException {
        var title = unique(36);
        Samples.term(table, title);

        assertRejected(
                table.substring(0, table.length() - 1) + "_title_is_unique",
                "insert into " + table + " (title) values (?)",
                title);
    }

    @Test
    void aReplyIsAboutWhatItsParentIsAbout() throws SQLException {
        var parent = comment(movie);

        assertRejected("comment_reply_has_the_subject_of_its_parent", """
                insert into comments (customer_id, text, movie_id, parent_id) values (?, 'No', ?, ?)
                """, customer, Samples.stalker(), parent);
    }

    @Test
    void repliesDoNotGoRoundInACircle() throws SQLException {
        var first = comment(movie);
        var second = comment(movie);

        assertRejected(
                "comment_parent_is_an_earlier_comment", "update comments set parent_id = ? where id = ?", first, first);
        assertRejected(
                "comment_parent_is_an_earlier_comment",
                "update comments set parent_id = ? where id = ?",
                second,
                first);
    }

    private static void assertRejected(String constraint, String sql, Object... parameters) {
        assertThatThrownBy(() -> RealPostgres.ask(sql + " returning 1", parameters))
                .hasMessageContaining("violates")
                .hasMessageContaining("\"" + constraint + "\"");
    }

    private static void assertMissing(String column, String sql, Object... parameters) {
        assertThatThrownBy(() -> RealPostgres.ask(sql + " returning 1", parameters))
                .hasMessageContaining("null value in column \"" + column + "\"");
    }

    private long comment(long about) throws SQLException {
        return id("insert into comments (customer_id, text, movie_id) values (?, 'Yes', ?)", customer, about);
    }

    private long publication() throws SQLException {
        var category = id("insert into publication_categories (title) values (?)", unique(24));
        return id(
                "insert into publications (title, text, author_id, category_id) values ('News', 'Good', ?, ?)",
                customer,
                category);
    }

    private static long cinema() throws SQLException {
        var name = unique(36);
        return id("insert into cinemas (title, url) values (?, 'https://' || ? || '.example')", name, name);
    }

    private static long id(String insert, Object... parameters) throws SQLException {
        return Long.parseLong(RealPostgres.ask(insert + " returning id", parameters));
    }

    private static String unique(int length) {
        return UUID.randomUUID().toString().substring(0, length);
    }

    /** Does not compress into a page of an index. */
    private static String longText() {
        var text = new StringBuilder();
        while (text.length() < 100_000) {
            text.append(UUID.randomUUID()).append(' ');
        }
        return text.toString();
    }
}
