package kinoteka.catalog.changes;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import kinoteka.catalog.CatalogIT;
import kinoteka.catalog.RealPostgres;
import kinoteka.catalog.Samples;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.postgresql.PGConnection;

/** What PostgreSQL says on the channel that the service listens to. */
@CatalogIT
class TriggersIT {

    private static final String INSERT_SESSIONS = """
            insert into sessions (customer_id, movie_id, movie_year, movie_title)
            select %d, id, year, title from movies, generate_series(1, %d) where id = %d
            """;

    private Connection channel;

    @BeforeEach
    void listen() throws SQLException {
        channel = RealPostgres.connection();
        execute(channel, "listen kinoteka_changes");
    }

    @AfterEach
    void close() throws SQLException {
        channel.close();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            movies                 | movie      | insert into movies (title, year, duration_minutes) values ('?', 2001, 96)  | duration_minutes = 97
            persons                | person     | insert into persons (first_name, last_name, country) values ('A', '?', 'B') | country = 'C'
            cinemas                | cinema     | insert into cinemas (title, url) values ('?', 'https://example.org/?')      | title = 'c-?'
            tags                   | tag        | insert into tags (title) values ('?')                                       | title = 't-?'
            positions              | position   | insert into positions (title) values ('?')                                  | title = 'p-?'
            film_awards            | film_award | insert into film_awards (title) values ('?')                                | title = 'f-?'
            nominations            | nomination | insert into nominations (title) values ('?')                                | title = 'n-?'
            publication_categories | category   | insert into publication_categories (title) values (left('?', 24))           | title = left('c-?', 24)
            """)
    void tellsEachThingThatStandsAlone(String table, String kind, String insert, String change) throws SQLException {
        var name = UUID.randomUUID().toString();

        var id = RealPostgres.ask(insert.replace("?", name) + " returning id");
        RealPostgres.ask("update %s set %s where id = %s returning id".formatted(table, change.replace("?", name), id));
        RealPostgres.ask("delete from %s where id = %s returning id".formatted(table, id));

        var thing = " {\"kind\":\"%s\",\"id\":%s}".formatted(kind, id);
        assertThat(heard()).containsExactly("created" + thing, "changed" + thing, "deleted" + thing);
    }

    @Test
    void tellsWhatAThingBelongsTo() throws SQLException {
        var movie = Samples.stalker();
        var customer = Samples.customer();
        var name = UUID.randomUUID().toString();
        var person = create("persons (first_name, last_name, country) values ('Andrei', 'Tarkovsky', 'USSR')");
        var position = create("positions (title) values ('%s')".formatted(name));
        var film = create("film_awards (title) values ('%s')".formatted(name));
        var nomination = create("nominations (title) values ('%s')".formatted(name));
        var cinema = create("cinemas (title, url) values ('%1$s', 'https://example.org/%1$s')".formatted(name));
        var category = create("publication_categories (title) values (left('%s', 24))".formatted(name));
        heard();

        var publication = create("publications (title, text, author_id, category_id) values ('A', 'B', %d, %d)"
                .formatted(customer, category));
        var session = Samples.session(customer, movie);
        var staff = create("movie_staff (movie_id, person_id, position_id) values (%d, %d, %d)"
                .formatted(movie, person, position));
        var award = create("awards (movie_id, person_id, film_award_id, nomination_id) values (%d, %d, %d, %d)"
                .formatted(movie, person, film, nomination));
        var offer = create(
                "cinema_offers (movie_id, cinema_id, price, rating) values (%d, %d, 9.99, 5)".formatted(movie, cinema));
        var comment = create("comments (customer_id, movie_id, text) values (%d, %d, 'A')".formatted(customer, movie));
        var answer = create(
                "comments (customer_id, publication_id, text) values (%d, %d, 'A')".formatted(customer, publication));
        create("orders (customer_id, movie_id, cinema_id, price) values (%d, %d, %d, 1)"
                .formatted(customer, movie, cinema));

        assertThat(heard())
                .containsExactly(
                        "created {\"kind\":\"publication\",\"id\":%d}".formatted(publication),
                        "created {\"kind\":\"session\",\"id\":%d}".formatted(session),
                        "created {\"kind\":\"staff\",\"id\":%d,\"movie_id\":%d,\"person_id\":%d}"
                                .formatted(staff, movie, person),
                        "created {\"kind\":\"award\",\"id\":%d,\"movie_id\":%d,\"person_id\":%d}"
                                .formatted(award, movie, person),
                        "created {\"kind\":\"offer\",\"id\":%d,\"movie_id\":%d,\"cinema_id\":%d}"
                                .formatted(offer, movie, cinema),
                        "created {\"kind\":\"comment\",\"id\":%d,\"movie_id\":%d}".formatted(comment, movie),
                        "created {\"kind\":\"comment\",\"id\":%d,\"publication_id\":%d}"
                                .formatted(answer, publication));
    }

    @Test
    void aRatingChangesTheMovieThatFollowsIt() throws SQLException {
        var movie = Samples.stalker();
        var customer = Samples.customer();
        heard();

        var rating = create("ratings (customer_id, movie_id, stars) values (%d, %d, 5)".formatted(customer, movie));

        assertThat(heard())
                .containsExactlyInAnyOrder(
                        "created {\"kind\":\"rating\",\"id\":%d,\"movie_id\":%d}".formatted(rating, movie),
                        "changed {\"kind\":\"movie\",\"id\":%d}".formatted(movie));
    }

    @Test
    void aTagPutOnAMovieOrTakenOffChangesTheMovie() throws SQLException {
        var movie = Samples.stalker();
        var tag = create("tags (title) values ('%s')".formatted(UUID.randomUUID()));
        heard();

        RealPostgres.ask("insert into movie_tags values (?, ?) returning 1", movie, tag);
        RealPostgres.ask("delete from movie_tags where movie_id = ? returning 1", movie);

        var change = "changed {\"kind\":\"movie\",\"id\":%d}".formatted(movie);
        assertThat(heard()).containsExactly(change, change);
    }

    @Test
    void tellsBothThingsWhenWhatBelongedToOneBelongsToTheOther() throws SQLException {
        var from = Samples.stalker();
        var to = Samples.stalker();
        var customer = Samples.customer();
        var comment = create("comments (customer_id, movie_id, text) values (%d, %d, 'A')".formatted(customer, from));
        heard();

        RealPostgres.ask("update comments set movie_id = ? where id = ? returning 1", to, comment);

        assertThat(heard())
                .containsExactlyInAnyOrder(
                        "changed {\"kind\":\"comment\",\"id\":%d,\"movie_id\":%d}".formatted(comment, from),
                        "changed {\"kind\":\"comment\",\"id\":%d,\"movie_id\":%d}".formatted(comment, to));
    }

    @Test
    void whatIsDeletedOrChangedInConsequenceIsToldToo() throws SQLException {
        var movie = Samples.stalker();
        var customer = Samples.customer();
        var session = Samples.session(customer, movie);
        var comment = create("comments (customer_id, movie_id, text) values (%d, %d, 'A')".formatted(customer, movie));
        heard();

        RealPostgres.ask("update movies set title = 'Stalker' where id = ? returning 1", movie);
        assertThat(heard())
                .containsExactlyInAnyOrder(
                        "changed {\"kind\":\"movie\",\"id\":%d}".formatted(movie),
                        "changed {\"kind\":\"session\",\"id\":%d}".formatted(session));

        RealPostgres.ask("delete from customers where id = ? returning 1", customer);
        assertThat(heard())
                .containsExactlyInAnyOrder(
                        "deleted {\"kind\":\"customer\",\"id\":%d}".formatted(customer),
                        "deleted {\"kind\":\"session\",\"id\":%d}".formatted(session),
                        "changed {\"kind\":\"comment\",\"id\":%d,\"movie_id\":%d}".formatted(comment, movie));
    }

    @Test
    void doesNotTellWhatNobodyMaySeeOfACustomer() throws SQLException {
        var customer = Samples.customer();
        heard();

        RealPostgres.ask(
                "update customers set last_logon_at = now(), email = ? where id = ? returning 1",
                UUID.randomUUID() + "@example.org",
                customer);
        assertThat(heard()).isEmpty();

        Samples.closeAccount(customer);
        assertThat(heard()).containsExactly("changed {\"kind\":\"customer\",\"id\":%d}".formatted(customer));
    }

    @Test
    void nothingIsToldOfWhatDidNotHappen() throws SQLException {
        var movie = Samples.stalker();
        heard();

        try (var writer = RealPostgres.connection()) {
            writer.setAutoCommit(false);
            execute(writer, "update movies set year = 1980 where id = " + movie);
            execute(writer, "delete from movies where id = " + movie);
            writer.rollback();
        }
        RealPostgres.ask("with none as (update movies set year = 1980 where id = -1) select 1");

        assertThat(heard()).isEmpty();
    }

    @Test
    void moreThanAHundredThingsOfAKindAreToldAsAllOfIt() throws SQLException {
        var movie = Samples.stalker();
        var customer = Samples.customer();
        heard();

        try (var writer = RealPostgres.connection()) {
            execute(writer, INSERT_SESSIONS.formatted(customer, 1000, movie));
            execute(writer, INSERT_SESSIONS.formatted(customer, 100, movie));
        }

        var heard = heard();
        assertThat(heard.getFirst()).isEqualTo("created {\"kind\":\"session\"}");
        assertThat(heard).hasSize(101).doesNotHaveDuplicates();
    }

    @Test
    void aTransactionOfManyStatementsTellsAllOfAKindOnce() throws SQLException {
        var movie = Samples.stalker();
        var customer = Samples.customer();
        heard();

        try (var writer = RealPostgres.connection()) {
            writer.setAutoCommit(false);
            for (var i = 0; i < 300; i++) {
                execute(writer, INSERT_SESSIONS.formatted(customer, 1, movie));
            }
            writer.commit();
        }

        var heard = heard();
        assertThat(heard).hasSize(101).doesNotHaveDuplicates();
        assertThat(heard.getLast()).isEqualTo("created {\"kind\":\"session\"}");
    }

    @Test
    void truncatingATableIsToldAsAllOfItsKind() throws SQLException {
        try (var writer = RealPostgres.connection()) {
            execute(writer, "truncate ratings, movie_tags");
        }

        assertThat(heard()).containsExactlyInAnyOrder("deleted {\"kind\":\"rating\"}", "changed {\"kind\":\"movie\"}");
    }

    @Test
    void everyKindOfTheApiHasItsTriggers() throws SQLException {
        assertThat(RealPostgres.ask("""
                        select string_agg(distinct split_part(encode(tgargs, 'escape'), '\\000', 2), ',')
                          from pg_trigger where tgfoid = 'notify_changes'::regproc
                        """).split(","))
                .containsExactlyInAnyOrderElementsOf(
                        List.of(Kind.values()).stream().map(Kind::wireName).toList());
        assertThat(RealPostgres.ask("""
                        select string_agg(table_name, ',') from information_schema.tables
                         where table_schema = 'public' and table_type = 'BASE TABLE'
                           and 4 <> (select count(*) from pg_trigger
                                      where tgrelid = table_name::regclass and tgfoid = 'notify_changes'::regproc)
                        """).split(","))
                .isSubsetOf("orders", "idempotency_keys", "flyway_schema_history", "seed_ledger");
    }

    /** All that was said so far: what another connection committed is sent before a statement of this one completes. */
    private List<String> heard() throws SQLException {
        execute(channel, "notify kinoteka_changes, 'end'");
        var heard = new ArrayList<String>();
        while (!heard.contains("end")) {
            for (var notification : channel.unwrap(PGConnection.class).getNotifications(1000)) {
                heard.add(notification.getParameter());
            }
        }
        heard.remove("end");
        return heard;
    }

    private static long create(String row) throws SQLException {
        return Long.parseLong(RealPostgres.ask("insert into " + row + " returning id"));
    }

    private static void execute(Connection connection, String sql) throws SQLException {
        try (var statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }
}
