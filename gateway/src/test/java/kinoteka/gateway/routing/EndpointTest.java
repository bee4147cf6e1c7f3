package kinoteka.gateway.routing;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

class EndpointTest {

    /** The replaced system's own labels: existing dashboards select by them. */
    @Test
    void keepsTheLabelsThatDashboardsKnow() {
        assertThat(Arrays.stream(Endpoint.values()).map(Endpoint::label))
                .contains(
                        "/",
                        "/api/movie",
                        "/api/movie/",
                        "/api/customer",
                        "/api/customer/",
                        "/api/session",
                        "/api/session/",
                        "/db_dummy");
    }

    @Test
    void aListIsAResponseOfTheApiThatMayBeLong() {
        assertThat(Arrays.stream(new Endpoint[] {Endpoint.MOVIES, Endpoint.MOVIE_OFFERS, Endpoint.CHANGES}))
                .allMatch(Endpoint::isList);
        assertThat(Arrays.stream(new Endpoint[] {Endpoint.MOVIE, Endpoint.MOVIE_OFFER, Endpoint.LANDING}))
                .noneMatch(Endpoint::isList);
    }

    @Test
    void describesEachEndpointForPeople() {
        assertThat(Arrays.stream(Endpoint.values()).map(Endpoint::summary)).noneMatch(String::isBlank);
        assertThat(Endpoint.MOVIES.methods()).isEqualTo("GET, POST");
    }

    /** No id becomes a label, and none is two endpoints' own. */
    @Test
    void givesEachEndpointALabelOfItsOwnAndDocumentsIt() throws Exception {
        var labels = Arrays.stream(Endpoint.values()).map(Endpoint::label).toList();

        assertThat(labels).doesNotHaveDuplicates().allMatch(label -> !label.contains("{"));
        assertThat(Files.readString(Path.of("../docs/metrics.md")))
                .contains(labels.stream().map(label -> "`" + label + "`").toList());
    }
}
