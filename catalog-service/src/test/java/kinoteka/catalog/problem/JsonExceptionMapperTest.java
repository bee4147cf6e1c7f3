package kinoteka.catalog.problem;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.json.JsonMapper;

class JsonExceptionMapperTest {

    private static final JsonMapper JSON = JsonMapper.builder()
            .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .build();

    private record Film(String title, @Nullable Integer year, List<Part> parts) {}

    private record Part(long number) {}

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                {"year": "x"}             | year           | is missing or does not have the expected type
                {"year": 99999999999}     | year           | is missing or does not have the expected type
                {"parts": [{"number":[]}]}| parts.0.number | is missing or does not have the expected type
                {"parts": 1}              | parts          | is missing or does not have the expected type
                {"director": 1}           | director       | is not a field of this resource
                """)
    void namesTheField(String body, String field, String reason) {
        var problem = map(body);

        assertThat(problem.problem()).isEqualTo(Problem.BODY_INVALID);
        assertThat(problem.errors()).containsExactly(new InvalidField(field, reason));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                {                         | The request body is not a JSON object: line 1, column 2.
                {"title": }               | The request body is not a JSON object: line 1, column 11.
                []                        | The request body is not a JSON object: line 1, column 1.
                """)
    void namesThePosition(String body, String detail) {
        var problem = map(body);

        assertThat(problem.problem()).isEqualTo(Problem.BODY_MALFORMED);
        assertThat(problem.detail()).isEqualTo(detail);
        assertThat(problem.errors()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"{\"a\":", "["})
    void namesTheLimitOfTheNesting(String opening) {
        var problem = JsonExceptionMapper.map(
                catchThrowableOfType(JacksonException.class, () -> JSON.readTree(opening.repeat(2_000))));

        assertThat(problem.problem()).isEqualTo(Problem.BODY_MALFORMED);
        assertThat(problem.detail())
                .isEqualTo("The request body is nested too deeply, or a name or a number in it is too long.");
    }

    private static ProblemException map(String body) {
        return JsonExceptionMapper.map(
                catchThrowableOfType(JacksonException.class, () -> JSON.readValue(body, Film.class)));
    }
}
