package kinoteka.catalog.database;

import kinoteka.catalog.Bearer;
import kinoteka.catalog.RealPostgres;
import kinoteka.catalog.Samples;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.http.MediaType;
import org.springframework.test.context.ContextConfiguration;
import org.springframework.test.web.reactive.server.StatusAssertions;
import org.springframework.test.web.reactive.server.WebTestClient;
import reactor.test.StepVerifier;

@SpringBootTest(
        webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT,
        properties = {"management.server.port=0", "kinoteka.catalog.database.pool.size=1"})
@ContextConfiguration(initializers = RealPostgres.class)
class DemotedPrimaryIT {

    /** A connection of the pool is made to say what one to a demoted server says. */
    @Test
    void repeatsAWriteOnANewConnectionIfItsServerHasBecomeReadOnly(
            @Autowired PrimaryDatabase database, @LocalServerPort int port) throws Exception {
        var http =
                WebTestClient.bindToServer().baseUrl("http://localhost:" + port).build();
        var session = "{\"customer_id\":%d,\"movie_id\":%d}".formatted(Samples.customer(), Samples.stalker());
        StepVerifier.create(database.client()
                        .sql("set default_transaction_read_only = on")
                        .then())
                .verifyComplete();

        start(http, session).isCreated();
    }

    private static StatusAssertions start(WebTestClient http, String session) {
        return http.post()
                .uri("/api/session")
                .headers(Bearer.admin())
                .contentType(MediaType.APPLICATION_JSON)
                .bodyValue(session)
                .exchange()
                .expectStatus();
    }
}
