package kinoteka.gateway.ratelimit.bucket;

import static org.assertj.core.api.Assertions.assertThat;

import kinoteka.gateway.routing.Endpoint;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.http.HttpMethod;

class GroupTest {

    @ParameterizedTest
    @CsvSource({
        "GET, MOVIE, REQUESTS",
        "GET, DB_DUMMY, REQUESTS",
        "GET, LANDING, REQUESTS",
        "POST, LANDING, REQUESTS",
        "OPTIONS, MOVIES, REQUESTS",
        "GET, MOVIES, LISTS",
        "HEAD, MOVIES, LISTS",
        "GET, CHANGES, LISTS",
        "GET, CUSTOMERS, LISTS",
        "POST, MOVIES, WRITES",
        "PUT, MOVIE, WRITES",
        "DELETE, CUSTOMER, WRITES",
        "POST, CUSTOMERS, ACCOUNTS",
        "PATCH, CUSTOMER, ACCOUNTS"
    })
    void ofARequest(String method, Endpoint endpoint, Group group) {
        assertThat(Group.of(endpoint, HttpMethod.valueOf(method))).isEqualTo(group);
    }

    @Test
    void ofAnUnknownPathIsThatOfAllRequests() {
        assertThat(Group.of(null, HttpMethod.POST)).isEqualTo(Group.REQUESTS);
    }
}
