package kinoteka.gateway.cache.coherence;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import kinoteka.gateway.routing.Endpoint;
import org.junit.jupiter.api.Test;

/** The page for users has the table of {@link Writes}; {@code ContractIT} compares it with the events of every write. */
class WritesPageTest {

    @Test
    void thePageHasTheTable() throws IOException {
        var page = Files.readString(Path.of("../docs/caching.md"));
        var table = Arrays.stream(Endpoint.values())
                .flatMap(WritesPageTest::rows)
                .collect(Collectors.joining("\n", "| write | may change |\n|---|---|\n", "\n\n"));

        assertThat(page).contains(table);
    }

    private static Stream<String> rows(Endpoint endpoint) {
        var methods = List.of(endpoint.methods().split(", ")).stream()
                .filter(method -> !method.equals("GET"))
                .toList();
        var deletes = Writes.touches(endpoint, true);
        var others = Writes.touches(endpoint, false);
        if (methods.isEmpty()) {
            return Stream.empty();
        }
        return deletes.equals(others)
                ? Stream.of(row(methods, endpoint, others))
                : Stream.of(
                        row(
                                methods.stream()
                                        .filter(method -> !method.equals("DELETE"))
                                        .toList(),
                                endpoint,
                                others),
                        row(List.of("DELETE"), endpoint, deletes));
    }

    private static String row(List<String> methods, Endpoint endpoint, List<Touch> touches) {
        return "| " + String.join(", ", methods) + " `" + endpoint.pattern() + "` | "
                + (touches.isEmpty()
                        ? "nothing that is stored"
                        : touches.stream().map(WritesPageTest::describe).collect(Collectors.joining(", ")))
                + " |";
    }

    private static String describe(Touch touch) {
        var kind = "`" + touch.kind().label() + "`";
        return switch (touch.extent()) {
            case NEW -> "a new " + kind;
            case OF_MOVIE -> "a " + kind + " of this movie";
            case OF_PUBLICATION -> "a " + kind + " of this publication";
            case NAMED -> "this " + kind;
            case RATED -> "the rated " + kind;
            case ALL -> "any " + kind;
        };
    }
}
