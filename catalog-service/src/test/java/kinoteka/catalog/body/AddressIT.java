package kinoteka.catalog.body;

import static org.assertj.core.api.Assertions.assertThat;

import kinoteka.catalog.Api;
import kinoteka.catalog.CatalogIT;
import kinoteka.catalog.Samples;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.http.HttpHeaders;

@CatalogIT
class AddressIT {

    private Api api;

    @BeforeEach
    void connect(@LocalServerPort int port) {
        api = Api.at(port);
    }

    /** The last one without the boundary that it must have. */
    @ParameterizedTest
    @ValueSource(strings = {"application/x-www-form-urlencoded", "multipart/form-data"})
    void takesNoParametersFromAForm(String form) {
        var answer = api.with(HttpHeaders.CONTENT_TYPE, form).get("/api/tag?limit=1");

        assertThat(answer.status()).isEqualTo(200);
    }

    @Test
    void refusesControlCharactersWithAProblem() {
        var answer = api.get("/api/tag?%07=1");

        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.problem()).isEqualTo("parameter-invalid");
    }

    @ParameterizedTest
    @ValueSource(strings = {"0", "p/*S%AEf<(W", "\"a\" \"b\"", "*, \"a\"", "\"a"})
    void refusesAConditionThatIsNone(String condition) throws Exception {
        var answer = api.with(HttpHeaders.IF_NONE_MATCH, condition).get("/api/movie/" + Samples.stalker());

        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.field()).isEqualTo("If-None-Match");
    }
}
