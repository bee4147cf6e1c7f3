package kinoteka.catalog.problem;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

class ErrorsPageTest {

    private static final Pattern ROW = Pattern.compile("\\| `(/problems/[a-z-]+)` \\| (\\d{3}) \\|.*");

    @Test
    void thePageAndTheTableOfProblemsNameTheSame() throws IOException {
        var page = Files.readString(Path.of("../docs/errors.md"));
        var section = page.substring(page.indexOf("## Catalogue"));

        var documented = ROW.matcher(section)
                .results()
                .map(row -> row.group(1) + " " + row.group(2))
                .toList();

        assertThat(documented)
                .containsExactlyInAnyOrderElementsOf(Arrays.stream(Problem.values())
                        .map(problem -> problem.type() + " " + problem.status().value())
                        .toList());
    }
}
