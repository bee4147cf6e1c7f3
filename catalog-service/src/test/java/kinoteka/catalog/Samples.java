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

    public static long session(long customer, long movie) throws SQLException {
        return Long.parseLong(RealPostgres.ask("""
                insert into sessions (customer_id, movie_id, movie_year, movie_title)
                select ?, id, year, title from movies where id = ? returning id
                """, customer, movie));
    }
}
