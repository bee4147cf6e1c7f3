package kinoteka.catalog.database;

import static org.awaitility.Awaitility.await;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import kinoteka.catalog.CatalogService;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.SpringApplication;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.test.web.reactive.server.WebTestClient;

class DatabaseOutageIT {

    @Test
    void answers503WhileTheDatabaseIsAwayAndServesAgainOnceItIsBack(@TempDir Path data) throws Exception {
        var database = start(data, 0);
        var port = database.getPort();
        try (var service = SpringApplication.run(
                CatalogService.class,
                "--server.port=0",
                "--management.server.port=0",
                "--kinoteka.catalog.database.hosts=localhost:" + port,
                "--kinoteka.catalog.security.development=true",
                "--kinoteka.catalog.database.name=postgres",
                "--kinoteka.catalog.database.username=postgres")) {
            var http = WebTestClient.bindToServer()
                    .baseUrl("http://localhost:" + service.getEnvironment().getProperty("local.server.port"))
                    .responseTimeout(Duration.ofSeconds(5))
                    .build();
            http.get().uri("/api/movie").exchange().expectStatus().isOk();
            http.get().uri("/db_dummy").exchange().expectStatus().isOk();

            database.close();
            for (var path : new String[] {"/api/movie", "/api/movie/1", "/api/session?limit=100000", "/db_dummy"}) {
                http.get()
                        .uri(path)
                        .exchange()
                        .expectStatus()
                        .isEqualTo(503)
                        .expectHeader()
                        .contentType(MediaType.APPLICATION_PROBLEM_JSON)
                        .expectHeader()
                        .valueEquals(HttpHeaders.RETRY_AFTER, "1")
                        .expectBody()
                        .jsonPath("$.type")
                        .isEqualTo("/problems/database-unavailable");
            }

            database = start(data, port);
            await().atMost(Duration.ofSeconds(10)).untilAsserted(() -> http.get()
                    .uri("/api/movie")
                    .exchange()
                    .expectStatus()
                    .isOk());
            http.get().uri("/db_dummy").exchange().expectStatus().isOk();
        } finally {
            database.close();
        }
    }

    private static EmbeddedPostgres start(Path data, int port) throws IOException {
        var builder = EmbeddedPostgres.builder().setDataDirectory(data).setCleanDataDirectory(false);
        return (port == 0 ? builder : builder.setPort(port)).start();
    }
}
