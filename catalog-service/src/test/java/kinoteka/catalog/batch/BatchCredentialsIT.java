package kinoteka.catalog.batch;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import kinoteka.catalog.RealPostgres;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.test.context.ContextConfiguration;

/** In front of a catalogue that knows the credential of its gateways. */
@SpringBootTest(
        webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT,
        properties = {
            "management.server.port=0",
            "kinoteka.catalog.gateway.credentials=" + BatchCredentialsIT.CREDENTIAL,
            "kinoteka.catalog.database.pool.size=2"
        })
@ContextConfiguration(initializers = RealPostgres.class)
class BatchCredentialsIT {

    static final String CREDENTIAL = "0123456789abcdef0123456789abcdef";

    private final URI batch;

    BatchCredentialsIT(@LocalServerPort int port) {
        this.batch = URI.create("http://localhost:" + port + "/batch/movie?ids=1,2");
    }

    @Test
    void aGatewayThatAsksForItselfReadsSeveral() throws Exception {
        assertThat(status("Gateway-Credential", "own " + CREDENTIAL)).isEqualTo(200);
    }

    /** The gateway does not forward requests for this path, but a path that it does forward may lead here by a defect. */
    @ParameterizedTest
    @CsvSource({
        "X-Nothing, a",
        "Gateway-Credential, own 1123456789abcdef0123456789abcdef",
        "Gateway-Credential, 0123456789abcdef0123456789abcdef",
        "Gateway-Credential, forwarded 0123456789abcdef0123456789abcdef"
    })
    void forOthersThePathDoesNotExist(String header, String value) throws Exception {
        assertThat(status(header, value)).isEqualTo(404);
    }

    @Test
    void forAGatewayWithAClientThePathDoesNotExist() throws Exception {
        assertThat(status("Gateway-Credential", "own " + CREDENTIAL, "X-Forwarded-For", "192.0.2.1"))
                .isEqualTo(404);
    }

    private int status(String... headers) throws Exception {
        var request = HttpRequest.newBuilder(batch)
                .headers(headers)
                .header("Gateway-Read", "primary")
                .build();
        try (var client = HttpClient.newHttpClient()) {
            return client.send(request, HttpResponse.BodyHandlers.discarding()).statusCode();
        }
    }
}
