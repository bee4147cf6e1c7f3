package kinoteka.catalog.database;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import kinoteka.catalog.CatalogIT;
import kinoteka.catalog.RealPostgres;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@CatalogIT
class SchemaIT {

    private static final String CUSTOMER = "insert into customers (username, email, name, surname, birthday) values ";
    private static final String SESSION = "insert into sessions (customer_id, movie_id, movie_year, movie_title) ";
    private static final String MOVIE = "insert into movies (title, year, duration_minutes) values ";

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                MOVIE + "('', 1979, 162)                 | movie_title_between_1_and_500_characters",
                MOVIE + "(repeat('a', 501), 1979, 162)   | movie_title_between_1_and_500_characters",
                MOVIE + "('Stalker', 1887, 162)          | movie_year_between_1888_and_2200",
                MOVIE + "('Stalker', 1979, -1)           | movie_duration_between_0_and_100000_minutes",
                CUSTOMER + "('', 'a@b.c', 'A', 'B', '1990-01-01')      | customer_username_between_1_and_64_characters",
                CUSTOMER + "('schema', 'a', 'A', 'B', '1990-01-01')    | customer_email_between_3_and_254_characters",
                CUSTOMER + "('schema', 'a@b.c', '', 'B', '1990-01-01') | customer_name_between_1_and_128_characters",
                CUSTOMER + "('schema', 'a@b.c', 'A', '', '1990-01-01') | customer_surname_between_1_and_128_characters",
                CUSTOMER + "('schema', 'a@b.c', 'A', 'B', '1899-01-01')| customer_birthday_after_1900",
                SESSION + "values (0, 0, 1979, 'Stalker')                      | session_customer_exists",
                "with c as (" + CUSTOMER + "('schema', 'a@b.c', 'A', 'B', '1990-01-01') returning id) " + SESSION
                        + "select id, 0, 1979, 'Stalker' from c      | session_movie_exists"
            })
    void refusesARowThatMakesNoSenseByTheNameOfTheRule(String insert, String constraint) {
        assertThatThrownBy(() -> RealPostgres.ask(insert + " returning 1"))
                .hasMessageContaining("violates")
                .hasMessageContaining("\"" + constraint + "\"");
    }
}
