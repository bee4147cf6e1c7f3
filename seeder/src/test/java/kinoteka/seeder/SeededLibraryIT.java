package kinoteka.seeder;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.SQLException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Properties of a seeded library that no constraint checks. */
class SeededLibraryIT {

    private static TestDatabase database;

    @BeforeAll
    static void seed() throws SQLException {
        database = TestDatabase.migrated();
        database.seed();
    }

    @AfterAll
    static void stop() throws SQLException {
        database.close();
    }

    @ParameterizedTest
    @CsvSource({
        "movies, 300",
        "customers, 500",
        "sessions, 2000",
        "tags, 14",
        "movie_tags, 750",
        "persons, 400",
        "positions, 16",
        "movie_staff, 3000",
        "film_awards, 11",
        "nominations, 21",
        "awards, 80",
        "cinemas, 10",
        "cinema_offers, 900",
        "orders, 600",
        "publication_categories, 7",
        "publications, 100",
        "publication_tags, 150",
        "comments, 1280",
        "ratings, 1000"
    })
    void hasThisNumberOfRows(String table, int rows) throws SQLException {
        assertThat(database.numbers("select count(*) from " + table)).containsExactly(rows);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "movies where isan is null or country is null or age_rating is null or synopsis is null",
                "movies where length(search) = 0 or rating is null",
                "customers where password_hash is not null or deleted_at is not null",
                "movies m where (select count(*) from movie_tags t where t.movie_id = m.id) not between 1 and 4",
                "movies m where (select count(*) from movie_staff s where s.movie_id = m.id) not between 6 and 14",
                "movies m where (select count(*) from cinema_offers o where o.movie_id = m.id) not between 1 and 5",
                "orders where (movie_id, cinema_id, price) not in (select movie_id, cinema_id, price from cinema_offers)",
                "awards where person_id is not null"
                        + " and (movie_id, person_id) not in (select movie_id, person_id from movie_staff)",
                "(select from movie_staff group by movie_id, person_id having count(*) > 1) twice",
                "movie_staff s join positions p on p.id = s.position_id"
                        + " where (p.title = 'Актёр') <> (s.character_name is not null)",
                "comments reply join comments parent on parent.id = reply.parent_id"
                        + " where parent.subject <> reply.subject or parent.created_at > reply.created_at",
                "comments join publications p on p.id = publication_id where comments.created_at < p.created_at",
                "ratings join publications p on p.id = publication_id where ratings.created_at < p.created_at",
                "movies m where (rating_sum, rating_count) <>"
                        + " (select coalesce(sum(stars), 0), count(*) from ratings r where r.movie_id = m.id)",
                "publications p where (rating_sum, rating_count) <>"
                        + " (select coalesce(sum(stars), 0), count(*) from ratings r where r.publication_id = p.id)",
                "cinemas where url not like 'https://%.example'",
                "comments where text ~ '[{}]'",
                "publications where title ~ '[{}]' or text ~ '[{}]'"
            })
    void hasNone(String rows) throws SQLException {
        assertThat(database.numbers("select count(*) from " + rows)).containsExactly(0);
    }

    @Test
    void hasRepliesAsAQuarterOfItsComments() throws SQLException {
        assertThat(database.numbers("select count(*) from comments where parent_id is not null"))
                .containsExactly(320);
    }

    @Test
    void hasRatingsOfMoviesAndPublications() throws SQLException {
        assertThat(database.numbers("select count(movie_id) from ratings")).containsExactly(900);
        assertThat(database.numbers("select count(publication_id) from ratings"))
                .containsExactly(100);
        assertThat(database.numbers("select distinct stars from ratings order by stars"))
                .containsExactly(1, 2, 3, 4, 5);
    }

    @Test
    void hasCommentsAboutPublications() throws SQLException {
        assertThat(database.numbers("select count(*) from comments where publication_id is not null")
                        .getFirst())
                .isBetween(160, 400);
    }

    @Test
    void isHalfInCyrillic() throws SQLException {
        assertThat(database.numbers("select count(*) from movies where title ~ '[а-я]'"))
                .containsExactly(150);
        assertThat(database.numbers("select count(*) from persons where last_name ~ '[а-я]'"))
                .containsExactly(200);
        assertThat(database.numbers("select count(*) from customers where name ~ '[а-я]'"))
                .containsExactly(250);
        assertThat(database.numbers("select count(*) from publications where text ~ '[а-я]'"))
                .containsExactly(50);
    }

    @Test
    void givesRussianPersonsAndCustomersPatronymicsAndSomeOfThemABio() throws SQLException {
        assertThat(database.numbers("select count(mid_name) from persons where mid_name ~ '(вич|вна|ич|чна)$'"))
                .containsExactly(200);
        assertThat(database.numbers("select count(*) from customers where mid_name ~ '(вич|вна|ич|чна)$'"))
                .containsExactly(250);
        assertThat(database.numbers("select count(mid_name) from customers")).containsExactly(250);
        assertThat(database.numbers("select count(bio) from persons").getFirst())
                .isBetween(40, 120);
        assertThat(database.numbers("select count(bio) from customers")).containsExactly(100);
    }
}
