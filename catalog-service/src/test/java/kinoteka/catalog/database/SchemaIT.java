package kinoteka.catalog.database;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.sql.SQLException;
import kinoteka.catalog.CatalogIT;
import kinoteka.catalog.RealPostgres;
import kinoteka.catalog.Samples;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@CatalogIT
class SchemaIT {

    private static final String CUSTOMER =
            "insert into customers (username, email, name, mid_name, surname, birthday) values ";
    private static final String SESSION = "insert into sessions (customer_id, movie_id, movie_year, movie_title) ";
    private static final String MOVIE = "insert into movies (title, year, duration_minutes) values ";

    /** The names that PostgreSQL gives to constraints without a name. */
    private static final String GENERATED = "_(check|key|fkey|excl)[0-9]*$";

    /** The name of a table in the singular, as ConstraintFailures derives it. */
    private static final String SINGULARS =
            "array[table_name, regexp_replace(table_name, 's$', ''), regexp_replace(table_name, 'ies$', 'y')]";

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                MOVIE + "('', 1979, 162)                 | movie_title_has_1_to_500_characters",
                MOVIE + "(repeat('a', 501), 1979, 162)   | movie_title_has_1_to_500_characters",
                MOVIE + "('Stalker', 1887, 162)          | movie_year_is_between_1888_and_2200",
                MOVIE + "('Stalker', 1979, -1)           | movie_duration_is_between_0_and_100000_minutes",
                CUSTOMER + "('', 'a@b.c', 'A', null, 'B', '1990-01-01')  | customer_username_has_1_to_64_characters",
                CUSTOMER + "('schema', 'a', 'A', null, 'B', '1990-01-01') | customer_email_has_3_to_254_characters",
                CUSTOMER + "('schema', 'a@b.c', '', null, 'B', '1990-01-01') | customer_name_has_1_to_128_characters",
                CUSTOMER + "('schema', 'a@b.c', 'A', '', 'B', '1990-01-01')"
                        + "| customer_mid_name_has_1_to_128_characters",
                CUSTOMER
                        + "('schema', 'a@b.c', 'A', null, '', '1990-01-01') | customer_surname_has_1_to_128_characters",
                CUSTOMER + "('schema', 'a@b.c', 'A', null, 'B', '1899-01-01') | customer_birthday_is_after_1900_01_01",
                CUSTOMER + "('schema', 'a@b.c', 'A', null, 'B', current_date)"
                        + "| customer_birthday_is_before_the_account_was_opened",
                SESSION + "values (0, 0, 1979, 'Stalker')                      | session_customer_exists",
                "with c as (" + CUSTOMER + "('schema', 'a@b.c', 'A', null, 'B', '1990-01-01') returning id) " + SESSION
                        + "select id, 0, 1979, 'Stalker' from c      | session_movie_exists"
            })
    void rejectsAnInvalidRowByTheNameOfTheRule(String insert, String constraint) {
        assertThatThrownBy(() -> RealPostgres.ask(insert + " returning 1"))
                .hasMessageContaining("violates")
                .hasMessageContaining("\"" + constraint + "\"");
    }

    @ParameterizedTest
    @ValueSource(strings = {"email", "name", "surname", "birthday"})
    void anOpenAccountHasAnEmailNamesAndABirthday(String column) throws SQLException {
        var customer = Samples.customer();

        assertThatThrownBy(() -> RealPostgres.ask(
                        "update customers set " + column + " = null where id = ? returning 1", customer))
                .hasMessageContaining("\"customer_open_account_has_an_email_names_and_a_birthday\"");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "email = id || '@example.org'",
                "name = 'Анна'",
                "mid_name = 'Аркадьевна'",
                "surname = 'Каренина'",
                "birthday = '1990-05-17'",
                "bio = 'Читаю в поезде'",
                "password_hash = '{argon2}x'",
                "last_logon_at = now()"
            })
    void aClosedAccountHasNoPersonalData(String personal) throws SQLException {
        var customer = Samples.customer();
        Samples.closeAccount(customer);

        assertThatThrownBy(() ->
                        RealPostgres.ask("update customers set " + personal + " where id = ? returning 1", customer))
                .hasMessageContaining("\"customer_closed_account_has_no_personal_data\"");
    }

    /** ConstraintFailures derives the field of a problem from these names. */
    @Test
    void uniqueAndForeignKeysOfOneColumnAreNamedAfterIt() throws SQLException {
        assertThat(RealPostgres.ask("""
                        with keys as (
                          select conname, contype, conrelid::regclass::text as table_name, attname
                            from pg_constraint
                            join pg_attribute on attrelid = conrelid and attnum = conkey[1]
                           where connamespace = 'public'::regnamespace and contype in ('u', 'f')
                             and cardinality(conkey) = 1 and conrelid <> 'flyway_schema_history'::regclass
                        )
                        select coalesce(string_agg(conname, ', '), 'none')
                          from keys
                         where not exists (
                           select from unnest(%s) as singular
                            where conname = case contype
                                    when 'u' then singular || '_' || attname || '_is_unique'
                                    else singular || '_' || regexp_replace(attname, '_id$', '') || '_exists'
                                  end)
                        """.formatted(SINGULARS))).isEqualTo("none");
    }

    @Test
    void everyConstraintHasANameThatBeginsWithItsTable() throws SQLException {
        assertThat(RealPostgres.ask("""
                        with named as (
                          select conname, conrelid::regclass::text as table_name
                            from pg_constraint
                           where connamespace = 'public'::regnamespace and contype in ('c', 'u', 'f')
                             and conrelid::regclass::text not in ('flyway_schema_history', 'seed_ledger')
                        )
                        select coalesce(string_agg(conname, ', '), 'none')
                          from named
                         where conname ~ '%s'
                            or char_length(conname) > 62 -- a longer name might have been truncated
                            or not exists (select from unnest(%s) as singular where starts_with(conname, singular || '_'))
                        """.formatted(GENERATED, SINGULARS))).isEqualTo("none");
    }
}
