package kinoteka.catalog.parameter;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import kinoteka.catalog.problem.InvalidField;
import kinoteka.catalog.problem.Problem;
import org.jspecify.annotations.Nullable;
import org.springframework.core.ResolvableType;
import org.springframework.http.HttpHeaders;
import org.springframework.http.server.reactive.ServerHttpRequest;

/**
 * Rejects a request with a query parameter that its operation does not declare, with two values of one parameter, or with a
 * value in another format than that of its type. What a value must be within its format is left to bean validation.
 */
final class ParameterCheck {

    /** Header fields that are no lists, so that a second one would be ignored or joined to the first. */
    private static final List<String> SINGLE_HEADERS = List.of(HttpHeaders.AUTHORIZATION, HttpHeaders.CONTENT_TYPE);

    private final Map<String, ValueFormat> variables = new TreeMap<>();
    private final Map<String, ValueFormat> query = new TreeMap<>();
    private final List<String> headers;

    ParameterCheck(List<DeclaredParameter> declared) {
        for (var parameter : declared) {
            var format = ValueFormat.of(ResolvableType.forType(parameter.type().getType()));
            switch (parameter.location()) {
                case PATH -> variables.put(parameter.javaName(), format);
                case QUERY -> query.put(parameter.name(), format);
                case HEADER -> {}
            }
        }
        this.headers = Stream.concat(
                        SINGLE_HEADERS.stream(),
                        declared.stream()
                                .filter(parameter -> parameter.location() == Location.HEADER)
                                .map(DeclaredParameter::name))
                .toList();
    }

    /** @param values of the variables in the path, decoded */
    void check(ServerHttpRequest request, Map<String, String> values) {
        List<InvalidField> errors = new ArrayList<>();
        checkPath(values, errors);
        checkQuery(request, errors);
        checkHeaders(request.getHeaders(), errors);
        if (!errors.isEmpty()) {
            throw Problem.PARAMETER_INVALID.exception("Parameters are not valid.", errors);
        }
    }

    private void checkPath(Map<String, String> values, List<InvalidField> errors) {
        variables.forEach(
                (variable, format) -> check(InvalidField.nameOf(variable), values.get(variable), format, errors));
    }

    private void checkQuery(ServerHttpRequest request, List<InvalidField> errors) {
        var raw = request.getURI().getRawQuery();
        var seen = new HashSet<String>();
        QueryString.read(raw).forEach(entry -> {
            var format = query.get(entry.name());
            if (format == null) {
                errors.add(new InvalidField(entry.name(), "unknown parameter (expected: " + known() + ")"));
            } else if (!seen.add(entry.name())) {
                errors.add(new InvalidField(entry.name(), "expected: one value"));
            } else {
                check(entry.name(), entry.value(), format, errors);
            }
        });
    }

    private void checkHeaders(HttpHeaders sent, List<InvalidField> errors) {
        for (var header : headers) {
            if (sent.getOrEmpty(header).size() > 1) {
                errors.add(new InvalidField(header, "expected: one value"));
            }
        }
    }

    private static void check(String name, @Nullable String value, ValueFormat format, List<InvalidField> errors) {
        if (value == null) {
            errors.add(new InvalidField(name, "expected: UTF-8, percent-encoded"));
        } else if (!format.isMetBy().test(value)) {
            errors.add(new InvalidField(name, "expected: " + format.expectation()));
        }
    }

    private String known() {
        return query.isEmpty() ? "none" : String.join(", ", query.keySet());
    }
}
