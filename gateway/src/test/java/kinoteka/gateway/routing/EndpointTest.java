package kinoteka.gateway.routing;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

class EndpointTest {

    /** The labels of the replaced system, by which existing dashboards select. */
    @Test
    void keepsTheLabelsThatDashboardsSelect() {
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
    void responsesOfListsEventsAndDocumentationMayBeLong() {
        assertThat(Arrays.stream(new Endpoint[] {Endpoint.MOVIES, Endpoint.CHANGES, Endpoint.DOCS_FILE}))
                .allMatch(Endpoint::isLong);
        assertThat(Arrays.stream(new Endpoint[] {Endpoint.MOVIE, Endpoint.DB_DUMMY, Endpoint.LANDING}))
                .noneMatch(Endpoint::isLong);
    }

    @Test
    void summarizesEachEndpoint() {
        assertThat(Arrays.stream(Endpoint.values()).map(Endpoint::summary)).noneMatch(String::isBlank);
        assertThat(Endpoint.MOVIES.methods()).isEqualTo("GET, POST");
    }

    /** No label contains an id, and no two endpoints share a label. */
    @Test
    void givesEachEndpointAUniqueAndDocumentedLabel() throws Exception {
        var labels = Arrays.stream(Endpoint.values()).map(Endpoint::label).toList();

        assertThat(labels).doesNotHaveDuplicates().allMatch(label -> !label.contains("{"));
        assertThat(Files.readString(Path.of("../docs/metrics.md")))
                .contains(labels.stream().map(label -> "`" + label + "`").toList());
    }
}
