package kinoteka.catalog.database;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.sql.SQLException;
import java.util.UUID;
import kinoteka.catalog.CatalogIT;
import kinoteka.catalog.RealPostgres;
import kinoteka.catalog.Samples;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Rows that the schema we come from let in, or kept out, by mistake: {@code docs/data-model.md} lists them. */
@CatalogIT
class MendedDefectsIT {

    private long movie;
    private long customer;

    @BeforeEach
    void addAMovieAndACustomer() throws SQLException {
        movie = Samples.stalker();
        customer = Samples.customer();
    }

    @Test
    void aBudgetIsNotNegative() {
        assertRefused("movie_budget_not_negative", "update movies set budget = -1 where id = ?", movie);
    }

    @Test
    void aBoxOfficeIsNotNegativeWhateverTheBudget() {
        assertRefused(
                "movie_box_office_not_negative", "update movies set budget = 1, box_office = -1 where id = ?", movie);
    }

    @Test
    void aDiscountIsAPercentage() throws SQLException {
        for (var discount : new int[] {-1, 101}) {
            assertRefused("cinema_offer_discount_between_0_and_100", """
                    insert into cinema_offers (movie_id, cinema_id, price, rating, discount) values (?, ?, 100, 5, ?)
                    """, movie, cinema(), discount);
        }
    }

    @Test
    void aCommentIsAboutAFilmOrAPublicationAndNeverBothOrNeither() throws SQLException {
        assertRefused(
                "comment_is_about_one_thing", "insert into comments (customer_id, text) values (?, 'Yes')", customer);
        assertRefused("comment_is_about_one_thing", """
                insert into comments (customer_id, text, movie_id, publication_id) values (?, 'Yes', ?, ?)
                """, customer, movie, publication());
    }

    @Test
    void aRatingIsAboutAFilmOrAPublicationAndNeverBothOrNeither() throws SQLException {
        assertRefused("rating_is_about_one_thing", "insert into ratings (customer_id, stars) values (?, 5)", customer);
        assertRefused("rating_is_about_one_thing", """
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

        assertRefused("rating_is_one_per_customer_and_movie", """
                insert into ratings (customer_id, stars, movie_id) values (?, 4, ?)
                """, customer, movie);
        assertRefused("rating_is_one_per_customer_and_publication", """
                insert into ratings (customer_id, stars, publication_id) values (?, 4, ?)
                """, customer, publication);
    }

    @Test
    void aMoviesTagsAreThoseThatThereAre() {
        assertRefused("movie_tag_tag_exists", "insert into movie_tags (movie_id, tag_id) values (?, 0)", movie);
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
        assertRefused("customer_closed_after_opened", """
                update customers set deleted_at = created_at - interval '1 second' where id = ?
                """, customer);
    }

    @Test
    void aReplyIsAboutWhatItsParentIsAbout() throws SQLException {
        var parent = comment(movie);

        assertRefused("comment_replies_about_the_same_thing", """
                insert into comments (customer_id, text, movie_id, parent_id) values (?, 'No', ?, ?)
                """, customer, Samples.stalker(), parent);
    }

    @Test
    void repliesDoNotGoRoundInACircle() throws SQLException {
        var first = comment(movie);
        var second = comment(movie);

        assertRefused(
                "comment_replies_to_an_earlier_one", "update comments set parent_id = ? where id = ?", first, first);
        assertRefused(
                "comment_replies_to_an_earlier_one", "update comments set parent_id = ? where id = ?", second, first);
    }

    private static void assertRefused(String constraint, String sql, Object... parameters) {
        assertThatThrownBy(() -> RealPostgres.ask(sql + " returning 1", parameters))
                .hasMessageContaining("violates")
                .hasMessageContaining("\"" + constraint + "\"");
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
