package kinoteka.catalog.security.token;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.nimbusds.jose.jwk.ECKey;
import java.time.Duration;
import kinoteka.catalog.Bearer;
import kinoteka.catalog.CatalogService;
import kinoteka.catalog.RealPostgres;
import org.junit.jupiter.api.Test;
import org.springframework.boot.SpringApplication;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.http.HttpHeaders;
import org.springframework.test.web.reactive.server.WebTestClient;

/** The whole service, whose issuer is away when it starts. */
class IssuerOutageIT {

    @Test
    void answers503ToRequestsWithATokenUntilTheIssuerIsBack() throws Exception {
        var key = Issuer.key("one");
        try (var issuer = new Issuer();
                var service = service(issuer)) {
            var http = client(service, "local.server.port");

            http.get().uri("/api/movie").exchange().expectStatus().isOk();
            send(http, key)
                    .expectStatus()
                    .isEqualTo(503)
                    .expectHeader()
                    .valueEquals(HttpHeaders.RETRY_AFTER, "1")
                    .expectBody()
                    .jsonPath("$.type")
                    .isEqualTo("/problems/issuer-unavailable");
            assertThat(metrics(service))
                    .contains("jwks_age_seconds NaN")
                    .containsPattern("jwks_fetches_total\\{result=\"failure\"} [1-9]");

            issuer.publishes(key);
            await().atMost(Duration.ofSeconds(10))
                    .untilAsserted(() -> send(http, key).expectStatus().isNotFound());
            send(http, Issuer.key("two")).expectStatus().isUnauthorized();
            send(http, Bearer.KEY).expectStatus().isUnauthorized();
            assertThat(metrics(service))
                    .containsPattern("jwks_age_seconds [0-9]")
                    .containsPattern("jwks_fetches_total\\{result=\"success\"} [1-9]");
        }
    }

    private static WebTestClient.ResponseSpec send(WebTestClient http, ECKey key) {
        var claims = Bearer.claims("admin", "admin").issuer(Issuer.NAME).build();
        return http.delete()
                .uri("/api/movie/9223372036854775807")
                .headers(Bearer.header(Bearer.sign(key, claims)))
                .exchange();
    }

    private static String metrics(ConfigurableApplicationContext service) {
        return String.valueOf(client(service, "local.management.port")
                .get()
                .uri("/metrics")
                .exchange()
                .expectBody(String.class)
                .returnResult()
                .getResponseBody());
    }

    private static WebTestClient client(ConfigurableApplicationContext service, String port) {
        return WebTestClient.bindToServer()
                .baseUrl("http://localhost:" + service.getEnvironment().getProperty(port))
                .responseTimeout(Duration.ofSeconds(10))
                .build();
    }

    private static ConfigurableApplicationContext service(Issuer issuer) throws Exception {
        return SpringApplication.run(
                CatalogService.class,
                "--server.port=0",
                "--management.server.port=0",
                "--kinoteka.catalog.security.issuer=" + Issuer.NAME,
                "--kinoteka.catalog.security.jwks.uri=" + issuer.jwks(),
                "--kinoteka.catalog.database.hosts=localhost:" + RealPostgres.ask("select inet_server_port()"),
                "--kinoteka.catalog.database.name=postgres",
                "--kinoteka.catalog.database.username=postgres");
    }
}
