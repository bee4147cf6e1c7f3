package kinoteka.catalog.problem;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import java.util.UUID;
import kinoteka.catalog.Api;
import kinoteka.catalog.Bearer;
import kinoteka.catalog.CatalogIT;
import kinoteka.catalog.LogLines;
import kinoteka.catalog.Samples;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.http.HttpHeaders;

@CatalogIT
class ProblemLogIT {

    private final String trace = UUID.randomUUID().toString().replace("-", "");
    private Api api;

    @BeforeEach
    void connect(@LocalServerPort int port) {
        api = Api.at(port).with("traceparent", "00-" + trace + "-b7ad6b7169203331-01");
    }

    @Test
    void findsEveryMistakeOfAClientByItsTraceIdAtLevelDebug() throws Exception {
        var film = "/api/movie/" + Samples.stalker();

        try (var log = LogLines.of("kinoteka.catalog.problem", Level.DEBUG)) {
            var answers = new Api.Answer[] {
                api.get("/api/movie?limit=x"),
                api.post("/api/movie", "{}"),
                api.as(Bearer.admin()).with(HttpHeaders.IF_MATCH, "\"other\"").delete(film),
                api.get("/no/such/path"),
                api.as(Bearer.header("a.b.c")).get(film)
            };

            assertThat(answers).extracting(Api.Answer::status).containsExactly(400, 401, 412, 404, 401);
            assertThat(answers)
                    .extracting(answer -> answer.body().get("trace_id").asString())
                    .containsOnly(trace);
            assertThat(log.messages())
                    .hasSize(5)
                    .allMatch(line -> line.contains("trace " + trace))
                    .anyMatch(line -> line.startsWith("DEBUG 412 /problems/precondition-failed, DELETE " + film));
        }
    }

    @Test
    void doesNotLogMistakesOfClientsAtTheDefaultLevel() {
        try (var log = LogLines.ofAll()) {
            assertThat(api.get("/api/movie?limit=x").status()).isEqualTo(400);

            assertThat(log.messages()).noneMatch(line -> line.contains(trace));
        }
    }
}
