package kinoteka.catalog.database.failure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import ch.qos.logback.classic.Level;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.concurrent.CompletableFuture;
import kinoteka.catalog.Api;
import kinoteka.catalog.LogLines;
import kinoteka.catalog.RealPostgres;
import kinoteka.catalog.Samples;
import kinoteka.catalog.database.PrimaryDatabase;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.http.HttpHeaders;
import org.springframework.test.context.ContextConfiguration;
import reactor.core.publisher.Sinks;

/** One connection, one place in the queue. */
@SpringBootTest(
        webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT,
        properties = {
            "management.server.port=0",
            "kinoteka.catalog.database.pool.size=1",
            "kinoteka.catalog.database.pool.max-waiting=1",
            "kinoteka.catalog.database.pool.acquire-timeout=1s"
        })
@ContextConfiguration(initializers = RealPostgres.class)
class PoolExhaustionIT {

    @Autowired
    private MeterRegistry metrics;

    @Autowired
    private PrimaryDatabase database;

    private Api api;

    @BeforeEach
    void connect(@LocalServerPort int port) {
        api = Api.at(port);
    }

    @Test
    void isReportedLoggedAndCountedAsWhatItIs() throws Exception {
        var path = "/api/movie/" + Samples.stalker();
        assertThat(api.get(path).status()).isEqualTo(200);
        var release = Sinks.<Boolean>one();

        try (var log = LogLines.of("kinoteka.catalog", Level.DEBUG)) {
            CompletableFuture<@Nullable Boolean> held = database.client()
                    .sql("select 1")
                    .then()
                    .then(release.asMono())
                    .as(database.transaction()::transactional)
                    .toFuture();
            await().until(() -> gauge("r2dbc.pool.acquired") == 1);

            var waiting = CompletableFuture.supplyAsync(() -> api.get(path));
            await().until(() -> gauge("r2dbc.pool.pending") == 1);
            var rejected = api.get(path);

            expect(rejected, "Too many requests are waiting for a connection to the database.");
            expect(waiting.get(), "No connection to the database became available in time.");
            release.tryEmitValue(true);
            assertThat(held.get()).isEqualTo(true);

            assertThat(log.messages())
                    .filteredOn(line -> line.contains("/problems/"))
                    .satisfiesExactly(
                            line -> assertThat(line).startsWith("WARN 503").contains("Too many requests are waiting"),
                            line -> assertThat(line).startsWith("WARN 503").contains("No connection", "1000 ms"));
        }
        assertThat(failures("queue_full")).isEqualTo(1);
        assertThat(failures("acquire_timeout")).isEqualTo(1);
        assertThat(failures("unreachable")).isZero();
        assertThat(api.get(path).status()).isEqualTo(200);
    }

    private static void expect(Api.Answer answer, String detail) {
        assertThat(answer.status()).isEqualTo(503);
        assertThat(answer.problem()).isEqualTo("database-unavailable");
        assertThat(answer.body().get("detail").asString()).isEqualTo(detail);
        assertThat(answer.headers().getFirst(HttpHeaders.RETRY_AFTER)).isEqualTo("1");
    }

    private double gauge(String name) {
        return metrics.get(name).tag("name", "primaryPool").gauge().value();
    }

    private double failures(String reason) {
        return metrics.get("database.failures").tag("reason", reason).counter().count();
    }
}
