package kinoteka.catalog.database.failure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import ch.qos.logback.classic.Level;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.Locale;
import kinoteka.catalog.Api;
import kinoteka.catalog.Bearer;
import kinoteka.catalog.LogLines;
import kinoteka.catalog.RealPostgres;
import kinoteka.catalog.Samples;
import kinoteka.catalog.database.PrimaryDatabase;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.http.HttpHeaders;
import org.springframework.test.context.ContextConfiguration;

@SpringBootTest(
        webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT,
        properties = {
            "management.server.port=0",
            "kinoteka.catalog.database.pool.size=2",
            "kinoteka.catalog.database.statement-timeout=300ms"
        })
@ContextConfiguration(initializers = RealPostgres.class)
class DatabaseFailureIT {

    @Autowired
    private MeterRegistry metrics;

    @Autowired
    private PrimaryDatabase database;

    @LocalServerPort
    private int port;

    @Test
    void namesAWaitForARowThatAnotherTransactionHasLocked() throws Exception {
        var movie = Samples.stalker();
        var before = failures("lock_timeout");

        try (var log = LogLines.of("kinoteka.catalog", Level.DEBUG);
                var other = RealPostgres.connection();
                var statement = other.createStatement()) {
            other.setAutoCommit(false);
            statement.execute("select from movies where id = " + movie + " for update");

            var answer = Api.at(port).as(Bearer.admin()).patch("/api/movie/" + movie, "{\"year\":1980}");

            assertThat(answer.status()).isEqualTo(503);
            assertThat(answer.problem()).isEqualTo("resource-busy");
            assertThat(answer.headers().getFirst(HttpHeaders.RETRY_AFTER)).isEqualTo("1");
            assertThat(log.failures()).isEmpty();
            assertThat(log.messages())
                    .anyMatch(line -> line.startsWith("WARN 503 /problems/resource-busy, PATCH /api/movie/" + movie
                            + ", trace " + answer.body().get("trace_id").asString()));
        }
        assertThat(failures("lock_timeout")).isEqualTo(before + 1);
    }

    @Test
    void namesAWaitForAnotherLockThanThatOfARow() throws Exception {
        try (var other = RealPostgres.connection();
                var statement = other.createStatement()) {
            other.setAutoCommit(false);
            statement.execute("lock table cinemas in access exclusive mode");

            assertThat(Api.at(port).get("/api/cinema/1").problem()).isEqualTo("resource-busy");
        }
    }

    @Test
    void namesAStatementThatTakesTooLong() throws Exception {
        var before = failures("statement_timeout");

        try (var log = LogLines.of("kinoteka.catalog", Level.DEBUG);
                var other = RealPostgres.connection();
                var statement = other.createStatement()) {
            statement.execute("""
                    create function sleep() returns trigger language plpgsql as 'begin perform pg_sleep(10); return new; end';
                    create trigger sleep before insert on nominations for each row execute function sleep()
                    """);
            try {
                var answer = Api.at(port).as(Bearer.admin()).post("/api/nomination", "{\"title\":\"slow\"}");

                assertThat(answer.status()).isEqualTo(503);
                assertThat(answer.problem()).isEqualTo("database-timeout");
                assertThat(answer.headers().getFirst(HttpHeaders.RETRY_AFTER)).isEqualTo("1");
                assertThat(log.messages())
                        .anyMatch(line -> line.startsWith("WARN 503 /problems/database-timeout, POST"));
            } finally {
                statement.execute("drop function sleep cascade");
            }
        }
        assertThat(failures("statement_timeout")).isEqualTo(before + 1);
    }

    @ParameterizedTest
    @CsvSource({
        "08006, UNREACHABLE",
        "28P01, UNREACHABLE",
        "3D000, UNREACHABLE",
        "57P01, UNREACHABLE",
        "57P02, UNREACHABLE",
        "57P03, UNREACHABLE",
        "57P05, UNREACHABLE",
        "25006, READ_ONLY",
        "53100, OUT_OF_RESOURCES",
        "53300, OUT_OF_RESOURCES",
        "55P03, LOCK_TIMEOUT",
        "57014, STATEMENT_TIMEOUT",
        "40001, CONFLICT",
        "40P01, CONFLICT"
    })
    void knowsTheErrorsOfTheServerByTheirState(String sqlState, DatabaseFailure reason) {
        assertThat(DatabaseFailure.in(raise(sqlState))).contains(reason);
    }

    /** Violated constraints are the client's mistakes, the others are faults of the service: neither passes by itself. */
    @ParameterizedTest
    @ValueSource(
            strings = {"23505", "23514", "22001", "42P01", "25P02", "P0001", "XX000", "58030", "57000", "55000", "42501"
            })
    void doesNotTakeOtherErrorsForFailuresThatPass(String sqlState) {
        assertThat(DatabaseFailure.in(raise(sqlState))).isEmpty();
    }

    @Test
    void countsEveryReason() {
        for (var reason : DatabaseFailure.values()) {
            assertThat(failures(reason.name().toLowerCase(Locale.ROOT))).isNotNegative();
        }
    }

    private Throwable raise(String sqlState) {
        var failure = catchThrowable(() -> database.client()
                .sql("do $$ begin raise exception 'test' using errcode = '%s'; end $$".formatted(sqlState))
                .then()
                .block());
        assertThat(failure).isNotNull();
        return failure;
    }

    private double failures(String reason) {
        return metrics.get("database.failures").tag("reason", reason).counter().count();
    }
}
