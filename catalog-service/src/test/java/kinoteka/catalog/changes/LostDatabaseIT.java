package kinoteka.catalog.changes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.micrometer.core.instrument.MeterRegistry;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import kinoteka.catalog.CatalogService;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.ConfigurableApplicationContext;

@ExtendWith(OutputCaptureExtension.class)
class LostDatabaseIT {

    private static final String LISTENER =
            "(select pid from pg_stat_activity where application_name = 'kinoteka-catalogue-changes')";

    @Test
    void reportsWhenChangesMayBeMissedBecauseTheDatabaseIsAwayAndWhenNoLonger(@TempDir Path data, CapturedOutput output)
            throws Exception {
        var database = start(data, 0);
        var postgres = database.getPort();
        try (var service = service(postgres);
                var stream = EventStream.open(port(service)).awaitEvent("caught_up")) {
            var warnings = count(output, "Notifications of changes are not received");
            var reconnects = reconnects(service);
            database.close();
            stream.awaitData("{\"reason\":\"The database does not respond.\"}");
            try (var late = EventStream.open(port(service))) {
                late.awaitEvent(one -> one.id() != null); // a heartbeat
                assertThat(late.events()).isEmpty();

                database = start(data, postgres);
                late.awaitEvent("caught_up");
            }
            // Logged once, however many attempts to connect there were.
            assertThat(count(output, "Notifications of changes are not received"))
                    .isEqualTo(warnings + 1);
            assertThat(count(output, "Notifications of changes are received again"))
                    .isEqualTo(warnings + 1);
            assertThat(reconnects(service)).isEqualTo(reconnects + 1);

            var tag = ask(postgres, "insert into tags (title) values ('here again') returning id");
            stream.awaitData("{\"kind\":\"tag\",\"id\":%s}".formatted(tag));
            assertThat(stream.events())
                    .containsExactly(
                            "caught_up {}",
                            "missed {\"reason\":\"The database does not respond.\"}",
                            "caught_up {}",
                            "created {\"kind\":\"tag\",\"id\":%s}".formatted(tag));
        } finally {
            database.close();
        }
    }

    @Test
    void detectsWithinSecondsThatItsConnectionIsClosedOrItsServerDead(@TempDir Path data) throws Exception {
        var database = start(data, 0);
        var postgres = database.getPort();
        try (var service = service(postgres)) {
            try (var stream = EventStream.open(port(service)).awaitEvent("caught_up")) {
                ask(postgres, "select pg_terminate_backend(" + LISTENER + ")");
                awaitMissedAndCaughtUp(stream);
            }
            try (var stream = EventStream.open(port(service)).awaitEvent("caught_up")) {
                var pid = ask(postgres, "select " + LISTENER);
                signal("STOP", pid); // it neither responds nor closes the connection
                try {
                    awaitMissedAndCaughtUp(stream);
                } finally {
                    signal("CONT", pid);
                }
            }
        } finally {
            database.close();
        }
    }

    @Test
    void endsItsStreamsWhenItStops(@TempDir Path data) throws Exception {
        try (var database = start(data, 0)) {
            EventStream stream;
            try (var service = service(database.getPort())) {
                stream = EventStream.open(port(service)).awaitEvent("caught_up");
            }
            stream.awaitEnd();
            assertThat(stream.events().getLast()).isEqualTo("cut_off {\"reason\":\"The service is shutting down.\"}");
        }
    }

    private static int count(CapturedOutput output, String message) {
        return output.getAll().split(message, -1).length - 1;
    }

    private static double reconnects(ConfigurableApplicationContext service) {
        return service.getBean(MeterRegistry.class)
                .get("changes.reconnects")
                .counter()
                .count();
    }

    private static void awaitMissedAndCaughtUp(EventStream stream) {
        var expected =
                new String[] {"caught_up {}", "missed {\"reason\":\"The database does not respond.\"}", "caught_up {}"};
        await().atMost(Duration.ofSeconds(20))
                .untilAsserted(() -> assertThat(stream.events()).containsExactly(expected));
    }

    private static ConfigurableApplicationContext service(int postgres) {
        return SpringApplication.run(
                CatalogService.class,
                "--server.port=0",
                "--management.server.port=0",
                "--kinoteka.catalog.changes.database-heartbeat-interval=500ms",
                "--kinoteka.catalog.database.hosts=localhost:" + postgres,
                "--kinoteka.catalog.security.development=true",
                "--kinoteka.catalog.database.name=postgres",
                "--kinoteka.catalog.database.username=postgres");
    }

    private static String port(ConfigurableApplicationContext service) {
        return String.valueOf(service.getEnvironment().getProperty("local.server.port"));
    }

    private static void signal(String name, String pid) throws IOException, InterruptedException {
        assertThat(new ProcessBuilder("kill", "-" + name, pid).start().waitFor())
                .isZero();
    }

    private static String ask(int postgres, String sql) throws SQLException {
        try (var connection = DriverManager.getConnection(
                        "jdbc:postgresql://localhost:" + postgres + "/postgres", "postgres", "");
                var statement = connection.createStatement();
                var rows = statement.executeQuery(sql)) {
            rows.next();
            return rows.getString(1);
        }
    }

    private static EmbeddedPostgres start(Path data, int port) throws IOException {
        var builder = EmbeddedPostgres.builder().setDataDirectory(data).setCleanDataDirectory(false);
        return (port == 0 ? builder : builder.setPort(port)).start();
    }
}
