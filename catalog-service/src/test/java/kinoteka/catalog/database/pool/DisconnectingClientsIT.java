package kinoteka.catalog.database.pool;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import kinoteka.catalog.Api;
import kinoteka.catalog.Bearer;
import kinoteka.catalog.CatalogIT;
import kinoteka.catalog.RealPostgres;
import kinoteka.catalog.Samples;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;

/** Clients that disconnect at random moments hold nothing: neither a connection nor a transaction. */
@CatalogIT
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class DisconnectingClientsIT {

    /** A busy machine serves a while longer what waits in its sockets. */
    private static final Duration A_WHILE = Duration.ofSeconds(20);

    @Autowired
    private MeterRegistry metrics;

    @LocalServerPort
    private int port;

    @BeforeAll
    void fill() throws Exception {
        RealPostgres.ask("""
                with made as (
                  insert into movies (title, year, duration_minutes)
                  select 'Long list ' || gen_random_uuid(), 1950, 90 from generate_series(1, 3000) returning 1)
                select count(*) from made
                """);
        RealPostgres.ask("""
                with viewer as (select ? ::bigint as id),
                  begun as (
                    insert into sessions (customer_id, movie_id, movie_year, movie_title)
                    select viewer.id, m.id, m.year, m.title
                      from viewer, movies m, generate_series(1, 20000) where m.id = ? returning 1)
                select count(*) from begun
                """, Samples.customer(), Samples.stalker());
    }

    @Test
    void disconnectingReadersLeaveThePoolsEmptyAndListsServed() throws Exception {
        var paths = List.of(
                "/api/movie?limit=100",
                "/api/movie?limit=2000",
                "/api/customer?limit=3000",
                "/api/session?limit=100000",
                "/api/movie/" + Samples.stalker() + "?include=staff,awards,offers");

        new ImpatientClients(port, 1)
                .send(paths.stream().map(DisconnectingClientsIT::get).toList(), 1500, Duration.ofMillis(100));

        assertNothingIsHeld();
        for (int i = 0; i < 20; i++) {
            assertThat(Api.at(port).get("/api/movie?limit=100").status()).isEqualTo(200);
        }
    }

    @Test
    void disconnectingWritersLeaveNoTransactionOpen() throws Exception {
        var movie = Samples.stalker();
        var patches = Stream.of("1979", "1980").map(year -> patch(movie, year)).toList();

        new ImpatientClients(port, 2).send(patches, 1500, Duration.ofMillis(30));

        assertNothingIsHeld();
        assertThat(Api.at(port).get("/api/movie/" + movie).body().get("year").asInt())
                .isBetween(1979, 1980);
        var written = Api.at(port).as(Bearer.editor()).patch("/api/movie/" + movie, "{\"year\": 1981}");
        assertThat(written.status()).isEqualTo(200);
        assertThat(RealPostgres.ask("select year from movies where id = ?", movie))
                .isEqualTo("1981");
    }

    private void assertNothingIsHeld() {
        await().pollDelay(Duration.ZERO).atMost(A_WHILE).untilAsserted(() -> {
            assertThat(metrics.get("r2dbc.pool.acquired").gauges().stream().mapToDouble(Gauge::value))
                    .as("connections acquired")
                    .containsOnly(0.0);
            assertThat(RealPostgres.ask("""
                    select coalesce(string_agg(application_name || ' ' || state || ' ' || query, '; '), 'none')
                      from pg_stat_activity
                     where application_name like 'kinoteka-catalogue-%' and state <> 'idle'
                    """)).as("connections in use").isEqualTo("none");
        });
    }

    private static String get(String path) {
        return "GET " + path + " HTTP/1.1\r\nHost: localhost\r\n\r\n";
    }

    private static String patch(long movie, String year) {
        var body = "{\"year\": " + year + "}";
        return "PATCH /api/movie/" + movie + " HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer "
                + Bearer.token("editor", "editor") + "\r\nContent-Type: application/json\r\nContent-Length: "
                + body.getBytes(UTF_8).length + "\r\n\r\n" + body;
    }
}
