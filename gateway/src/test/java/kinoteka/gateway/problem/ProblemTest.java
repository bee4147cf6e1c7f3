package kinoteka.gateway.problem;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

class ProblemTest {

    private static final Pattern ROW = Pattern.compile("^\\| `(/problems/[a-z-]+)` \\| (\\d{3}) \\| .+ \\| .+ \\|$");

    @Test
    void everyProblemIsDocumented() throws IOException {
        assertThat(documented())
                .containsExactlyElementsOf(Arrays.stream(Problem.values())
                        .map(problem -> problem.type() + " " + problem.status().value())
                        .toList());
    }

    @Test
    void theInstanceIsShortenedAndTheBodyIsEscaped() {
        var json = new String(
                ProblemBody.json(Problem.ROUTE_UNKNOWN, "No \"such\" path.", "/" + "a".repeat(999) + "?secret", "0af7"),
                StandardCharsets.UTF_8);

        assertThat(json)
                .isEqualTo(
                        "{\"type\":\"/problems/route-unknown\",\"title\":\"Nothing is served at this path\",\"status\":404,"
                                + "\"detail\":\"No \\\"such\\\" path.\",\"instance\":\"/" + "a".repeat(255)
                                + "\",\"trace_id\":\"0af7\"}");
    }

    /** The types and statuses in the section on the gateway. */
    private static List<String> documented() throws IOException {
        var page = Files.readString(Path.of("..", "docs", "errors.md"));
        var section = page.substring(page.indexOf("\n## Gateway\n") + 1);
        var next = section.indexOf("\n## ");
        return (next < 0 ? section : section.substring(0, next))
                .lines()
                .map(ROW::matcher)
                .filter(matcher -> matcher.matches())
                .map(matcher -> matcher.group(1) + " " + matcher.group(2))
                .toList();
    }
}
