package kinoteka.catalog;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The log that production writes, from the first start on: in a process of its own, because the format is chosen once per process. */
@Timeout(300)
class JsonLogIT {

    private static final JsonMapper JSON = new JsonMapper();
    private static final Pattern PORT = Pattern.compile("Netty started on port (\\d+).*");
    private static final String TRACE = "4bf92f3577b34da6a3ce929d0e0e4736";

    @TempDir
    private Path folder;

    private Process service;

    @BeforeEach
    void startWithAnEmptyDatabase() throws IOException, SQLException {
        execute("postgres", "create database json_log");
        service = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Dserver.port=0",
                        "-Dmanagement.server.port=-1",
                        "-Dlogging.structured.format.console=logstash",
                        "-Dkinoteka.catalog.database.hosts=localhost:" + databasePort(),
                        "-Dkinoteka.catalog.database.name=json_log",
                        "-Dkinoteka.catalog.database.username=postgres",
                        "-Dkinoteka.catalog.security.development=true",
                        "-cp",
                        System.getProperty("java.class.path"),
                        CatalogService.class.getName())
                .redirectOutput(output().toFile())
                .start();
    }

    @AfterEach
    void stop() throws InterruptedException, SQLException {
        service.destroyForcibly().waitFor(1, TimeUnit.MINUTES);
        execute("postgres", "drop database json_log with (force)");
    }

    @Test
    void everyLineIsAnObjectWithTheFieldsOfTheAccessLog() throws Exception {
        var port = awaitPort();
        var api = Api.at(port).with("traceparent", "00-" + TRACE + "-b7ad6b7169203331-01");

        assertThat(api.get("/api/movie?limit=x").status()).isEqualTo(400);
        assertThat(api.post("/api/movie", "{\"a\":").status()).isBetween(400, 401);
        sendMalformed(port);
        execute("json_log", "alter table movies rename to lost");
        assertThat(api.get("/api/movie/1").status()).isEqualTo(500);

        Awaitility.await().atMost(Duration.ofMinutes(1)).until(() -> lines().stream()
                .anyMatch(line -> line.has("stack_trace")));
        assertThat(lines()).allSatisfy(line -> {
            assertThat(OffsetDateTime.parse(line.get("time").asString())).isNotNull();
            assertThat(line.get("level").asString()).isIn("INFO", "WARN", "ERROR");
            assertThat(line.get("logger").asString()).isNotEmpty();
            assertThat(line.get("message").asString()).isNotEmpty();
        });
        assertThat(lines())
                .filteredOn(line -> line.has("stack_trace"))
                .singleElement()
                .satisfies(line -> {
                    assertThat(line.get("level").asString()).isEqualTo("ERROR");
                    assertThat(line.get("trace_id").asString()).isEqualTo(TRACE);
                    assertThat(line.get("stack_trace").asString()).contains("relation \"movies\" does not exist");
                    // Docker's journal driver splits a line of more than 16 KB.
                    assertThat(line.toString().getBytes(StandardCharsets.UTF_8)).hasSizeLessThan(16 * 1024);
                });
    }

    private int awaitPort() {
        return Awaitility.await()
                .atMost(Duration.ofMinutes(4))
                .until(
                        () -> lines().stream()
                                .map(line -> PORT.matcher(line.get("message").asString()))
                                .filter(matcher -> matcher.matches())
                                .map(matcher -> Integer.parseInt(matcher.group(1)))
                                .findFirst()
                                .orElse(0),
                        port -> port > 0);
    }

    private static void sendMalformed(int port) throws IOException {
        try (var socket = new Socket("localhost", port)) {
            socket.getOutputStream().write("GET \0 HTTP/1.1\r\nHost : x\r\n\r\n".getBytes(StandardCharsets.UTF_8));
            socket.getInputStream().readAllBytes();
        }
    }

    private List<JsonNode> lines() throws IOException {
        return Files.readAllLines(output()).stream().map(JSON::readTree).toList();
    }

    private Path output() {
        return folder.resolve("output");
    }

    private static int databasePort() throws SQLException {
        try (var connection = RealPostgres.connection()) {
            return Integer.parseInt(connection.getMetaData().getURL().replaceFirst(".*:(\\d+)/.*", "$1"));
        }
    }

    private static void execute(String database, String sql) throws SQLException {
        var url = "jdbc:postgresql://localhost:" + databasePort() + "/" + database + "?user=postgres";
        try (var connection = DriverManager.getConnection(url);
                var statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }
}
