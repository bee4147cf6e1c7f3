package kinoteka.people.rules;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.time.Duration;
import java.util.SplittableRandom;
import kinoteka.people.api.ApiClient;
import kinoteka.people.metrics.AcknowledgedChanges;
import kinoteka.people.metrics.AcknowledgedChanges.Created;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ApiRulesTest {

    private final AcknowledgedChanges acknowledged = new AcknowledgedChanges();
    private HttpServer library;

    @BeforeEach
    void startALibraryWithoutPublications() throws IOException {
        library = HttpServer.create(new InetSocketAddress("localhost", 0), 0);
        library.createContext("/", ApiRulesTest::respondNotFound);
        library.start();
    }

    @AfterEach
    void stopTheLibrary() {
        library.stop(0);
    }

    @Test
    void reportsALineForAResourceThatCannotBeRead() throws Exception {
        acknowledged.recordCreated(new Created("/api/comment/1", null, "/api/publication/7"));

        try (var client = client()) {
            assertThat(rules(client).check())
                    .filteredOn(result -> !result.holds())
                    .extracting(RuleResult::rule, RuleResult::violations)
                    .hasSize(4)
                    .allSatisfy(violation -> assertThat(violation.toString()).contains("404"))
                    .anySatisfy(violation -> assertThat(violation.toString())
                            .contains("/api/publication/7/comments", "There is no publication 7."));
        }
    }

    @Test
    void doesNotCheckResourcesWhoseDeletionWasNotAcknowledged() throws Exception {
        acknowledged.recordCreated(new Created("/api/publication/7", null, null));
        acknowledged.recordCreated(new Created("/api/comment/1", null, "/api/publication/7"));
        acknowledged.recordUnknown("/api/publication/7");

        try (var client = client()) {
            assertThat(rules(client).check()).allMatch(RuleResult::holds);
        }
    }

    private ApiClient client() {
        return new ApiClient(
                URI.create("http://localhost:" + library.getAddress().getPort()));
    }

    private ApiRules rules(ApiClient client) {
        return new ApiRules(client, acknowledged, new SplittableRandom(1), Duration.ZERO);
    }

    private static void respondNotFound(HttpExchange exchange) throws IOException {
        var problem = """
                {"type": "/problems/resource-not-found", "detail": "There is no publication 7."}""".getBytes(UTF_8);
        exchange.sendResponseHeaders(404, problem.length);
        exchange.getResponseBody().write(problem);
        exchange.close();
    }
}
