package kinoteka.catalog.database;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.Locale;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import kinoteka.catalog.CatalogIT;
import kinoteka.catalog.RealPostgres;
import kinoteka.catalog.Samples;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.postgresql.util.PSQLException;

/** The triggers of {@code V14__closed_accounts.sql}: each test fails if the trigger of its table is removed. */
@CatalogIT
class ClosedAccountsIT {

    /** A row of each table that a customer writes to. */
    private enum Row {
        SESSIONS(
                "customer_id",
                "(customer_id, movie_id, movie_year, movie_title) select %1$d, id, year, title from movies where id = %2$d"),
        ORDERS("customer_id", "(customer_id, movie_id, cinema_id, price) values (%1$d, %2$d, %3$d, 199)"),
        COMMENTS("customer_id", "(customer_id, movie_id, text) values (%1$d, %2$d, 'Yes')"),
        RATINGS("customer_id", "(customer_id, movie_id, stars) values (%1$d, %2$d, 5)"),
        PUBLICATIONS("author_id", "(author_id, category_id, title, text) values (%1$d, %4$d, 'News', 'Good')");

        private final String owner;
        private final String values;

        Row(String owner, String values) {
            this.owner = owner;
            this.values = values;
        }

        String table() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    private long customer;
    private long movie;
    private long cinema;
    private long category;

    @BeforeEach
    void addACustomerAndAMovie() throws SQLException {
        customer = Samples.customer();
        movie = Samples.stalker();
        cinema = Samples.cinemaOffering(movie);
        category = Samples.term("publication_categories");
    }

    @ParameterizedTest
    @EnumSource
    void rejectsANewRowOfAClosedAccount(Row row) throws SQLException {
        Samples.closeAccount(customer);

        assertRejected(() -> insert(row, customer));
    }

    @ParameterizedTest
    @EnumSource
    void rejectsGivingARowToAClosedAccountEvenByAModerator(Row row) throws SQLException {
        var closed = Samples.customer();
        Samples.closeAccount(closed);
        var id = insert(row, customer);
        var give = "update %s set %s = %d where id = %d".formatted(row.table(), row.owner, closed, id);

        assertRejected(() -> RealPostgres.ask(give + " returning 1"));
        assertRejected(() -> moderate(give));
    }

    @ParameterizedTest
    @CsvSource({
        "COMMENTS, text = 'No'",
        "RATINGS, stars = 1",
        "ORDERS, price = 0",
        "PUBLICATIONS, title = 'Old'",
        "PUBLICATIONS, text = 'Bad'",
        "PUBLICATIONS, category_id = category_id"
    })
    void letsOnlyAModeratorChangeTheRowOfAClosedAccount(Row row, String change) throws SQLException {
        var update = "update %s set %s where id = %d".formatted(row.table(), change, insert(row, customer));
        Samples.closeAccount(customer);

        assertRejected(() -> RealPostgres.ask(update + " returning 1"));
        assertThat(moderate(update)).isEqualTo(1);
    }

    @ParameterizedTest
    @EnumSource
    void letsOnlyAModeratorDeleteTheRowOfAClosedAccount(Row row) throws SQLException {
        var delete = "delete from %s where id = %d".formatted(row.table(), insert(row, customer));
        Samples.closeAccount(customer);

        assertRejected(() -> RealPostgres.ask(delete + " returning 1"));
        assertThat(moderate(delete)).isEqualTo(1);
    }

    @Test
    void moderationEndsWithItsTransaction() throws SQLException {
        var delete = "delete from comments where id = " + insert(Row.COMMENTS, customer);
        Samples.closeAccount(customer);

        try (var connection = RealPostgres.connection();
                var statement = connection.createStatement()) {
            connection.setAutoCommit(false);
            statement.execute("set local kinoteka.moderation = 'on'");
            connection.commit();

            assertRejected(() -> statement.executeUpdate(delete));
        }
    }

    @Test
    void aClosedAccountDoesNotPreventOthersFromChangingWhatItsRowsBelongTo() throws SQLException {
        insert(Row.SESSIONS, customer);
        insert(Row.COMMENTS, customer);
        insert(Row.RATINGS, customer);
        var publication = insert(Row.PUBLICATIONS, customer);
        Samples.closeAccount(customer);

        assertThatCode(() -> {
                    RealPostgres.ask("update movies set title = 'Stalker' where id = ? returning 1", movie);
                    RealPostgres.ask(
                            "insert into ratings (customer_id, publication_id, stars) values (?, ?, 5) returning 1",
                            Samples.customer(),
                            publication);
                    RealPostgres.ask("delete from movies where id = ? returning 1", movie);
                })
                .doesNotThrowAnyException();
        assertThat(RealPostgres.ask("select count(*) from sessions where customer_id = ?", customer))
                .isEqualTo("0");
    }

    @Test
    void aClosedAccountCanBeDeletedWithItsRows() throws SQLException {
        insert(Row.SESSIONS, customer);
        insert(Row.RATINGS, customer);
        var comment = insert(Row.COMMENTS, customer);
        Samples.closeAccount(customer);

        RealPostgres.ask("delete from customers where id = ? returning 1", customer);

        assertThat(RealPostgres.ask("select customer_id from comments where id = ?", comment))
                .isNull();
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void anInsertWaitsForTheClosingOfTheAccountAndSeesItsResult(boolean closes) throws Exception {
        try (var closing = RealPostgres.connection();
                var writers = Executors.newVirtualThreadPerTaskExecutor()) {
            closing.setAutoCommit(false);
            close(closing);

            var writing = writers.submit(() -> insert(Row.COMMENTS, customer));
            await().until(this::isSomebodyWaiting);
            if (closes) {
                closing.commit();
                assertThatThrownBy(() -> writing.get(10, SECONDS))
                        .isInstanceOf(ExecutionException.class)
                        .hasMessageContaining("is closed");
            } else {
                closing.rollback();
                assertThat(writing.get(10, SECONDS)).isPositive();
            }
        }
    }

    @Test
    void closingAnAccountWaitsForAnInsert() throws Exception {
        try (var writing = RealPostgres.connection();
                var statement = writing.createStatement();
                var closers = Executors.newVirtualThreadPerTaskExecutor()) {
            writing.setAutoCommit(false);
            statement.execute(statement(Row.COMMENTS, customer));

            var closing = closers.submit(() -> {
                Samples.closeAccount(customer);
                return RealPostgres.ask("select count(*) from comments where customer_id = ?", customer);
            });
            await().until(this::isSomebodyWaiting);
            writing.commit();

            assertThat(closing.get(10, SECONDS)).isEqualTo("1");
        }
    }

    private void close(Connection connection) throws SQLException {
        try (var statement = connection.createStatement()) {
            statement.execute("""
                    update customers
                       set deleted_at = now(), email = null, name = null, surname = null, birthday = null
                     where id =\s""" + customer);
        }
    }

    private boolean isSomebodyWaiting() throws SQLException {
        return "t".equals(RealPostgres.ask("""
                select exists (select from pg_stat_activity
                                where wait_event_type = 'Lock' and cardinality(pg_blocking_pids(pid)) > 0)
                """));
    }

    private static void assertRejected(Callable<?> write) {
        assertThatThrownBy(write::call).isInstanceOfSatisfying(PSQLException.class, failure -> {
            var error = Objects.requireNonNull(failure.getServerErrorMessage());
            assertThat(error.getConstraint()).isEqualTo("customer_account_is_open");
        });
    }

    private static int moderate(String sql) throws SQLException {
        try (var connection = RealPostgres.connection();
                var statement = connection.createStatement()) {
            connection.setAutoCommit(false);
            statement.execute("set local kinoteka.moderation = 'on'");
            var rows = statement.executeUpdate(sql);
            connection.commit();
            return rows;
        }
    }

    private long insert(Row row, long owner) throws SQLException {
        return Long.parseLong(RealPostgres.ask(statement(row, owner) + " returning id"));
    }

    private String statement(Row row, long owner) {
        return "insert into " + row.table() + " " + row.values.formatted(owner, movie, cinema, category);
    }
}
