package kinoteka.catalog;

import java.sql.SQLException;
import java.util.UUID;

/** Things in the library that a test can call its own: their names are used nowhere else. */
public final class Samples {

    private Samples() {}

    /** A film of 1979, 162 minutes. */
    public static long stalker() throws SQLException {
        return movie("Сталкер " + UUID.randomUUID(), 1979, 162);
    }

    public static long movie(String title, int year, int minutes) throws SQLException {
        return Long.parseLong(RealPostgres.ask(
                "insert into movies (title, year, duration_minutes) values (?, ?, ?) returning id",
                title,
                year,
                minutes));
    }

    public static long customer() throws SQLException {
        return customer("viewer-" + UUID.randomUUID());
    }

    public static long customer(String username) throws SQLException {
        return Long.parseLong(RealPostgres.ask("""
                insert into customers (username, email, name, surname, birthday)
                values (?, ? || '@example.org', 'Анна', 'Каренина', date '1990-05-17') returning id
                """, username, username));
    }

    /** Closes the account as the service does: the personal data is erased. */
    public static void closeAccount(long customer) throws SQLException {
        RealPostgres.ask("""
                update customers
                   set deleted_at = now(), email = null, name = null, mid_name = null, surname = null, birthday = null,
                       bio = null, password_hash = null, last_logon_at = null
                 where id = ? returning id
                """, customer);
    }

    public static long session(long customer, long movie) throws SQLException {
        return Long.parseLong(RealPostgres.ask("""
                insert into sessions (customer_id, movie_id, movie_year, movie_title)
                select ?, id, year, title from movies where id = ? returning id
                """, customer, movie));
    }

    /** A cinema that offers this film for 199.00. */
    public static long cinemaOffering(long movie) throws SQLException {
        var cinema = Long.parseLong(RealPostgres.ask("""
                insert into cinemas (title, url) values (?, 'https://' || gen_random_uuid() || '.example') returning id
                """, unique("Иллюзион")));
        RealPostgres.ask("""
                insert into cinema_offers (movie_id, cinema_id, price, rating) values (?, ?, 199, 4) returning id
                """, movie, cinema);
        return cinema;
    }

    public static long person() throws SQLException {
        return Long.parseLong(RealPostgres.ask("""
                insert into persons (first_name, mid_name, last_name, country)
                values ('Андрей', 'Арсеньевич', ?, 'СССР') returning id
                """, unique("Тарковский")));
    }

    /** A term of a vocabulary's table. */
    public static long term(String table) throws SQLException {
        return term(table, UUID.randomUUID().toString().substring(0, 20));
    }

    public static long term(String table, String title) throws SQLException {
        return Long.parseLong(RealPostgres.ask("insert into " + table + " (title) values (?) returning id", title));
    }

    public static long publication(long author) throws SQLException {
        return Long.parseLong(RealPostgres.ask("""
                insert into publications (title, text, author_id, category_id)
                values ('О Зоне', 'Дорога в Зону и обратно', ?, ?) returning id
                """, author, term("publication_categories")));
    }

    /** A name that nothing else has. */
    public static String unique(String name) {
        return name + " " + UUID.randomUUID();
    }
}
