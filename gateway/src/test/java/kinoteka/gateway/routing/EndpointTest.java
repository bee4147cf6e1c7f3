package kinoteka.gateway.routing;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import org.junit.jupiter.api.Test;

class EndpointTest {

    /** The replaced system's own labels: existing dashboards select by them. */
    @Test
    void keepsTheLabelsThatDashboardsKnow() {
        assertThat(Arrays.stream(Endpoint.values()).map(Endpoint::label))
                .containsExactlyInAnyOrder(
                        "/",
                        "/ping",
                        "/db_dummy",
                        "/api/movie",
                        "/api/movie/",
                        "/api/customer",
                        "/api/customer/",
                        "/api/session",
                        "/api/session/",
                        "/api/changes");
    }
}
