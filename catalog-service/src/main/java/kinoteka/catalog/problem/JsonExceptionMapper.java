package kinoteka.catalog.problem;

import java.util.List;
import tools.jackson.core.JacksonException;
import tools.jackson.core.exc.InputCoercionException;
import tools.jackson.core.exc.StreamConstraintsException;
import tools.jackson.databind.DatabindException;
import tools.jackson.databind.exc.IgnoredPropertyException;
import tools.jackson.databind.exc.UnrecognizedPropertyException;

/** Maps Jackson's exceptions: request bodies that are not valid JSON or do not have the expected fields. */
public final class JsonExceptionMapper {

    private JsonExceptionMapper() {}

    /** Names the field that is not valid, or the position at which the body stops being valid JSON. */
    public static ProblemException map(JacksonException failure) {
        if (failure instanceof StreamConstraintsException) {
            return Problem.BODY_MALFORMED.exception(
                    "The request body is nested too deeply, or a name or a number in it is too long.");
        }
        var isOfAField = failure instanceof DatabindException || failure instanceof InputCoercionException;
        if (!isOfAField || failure.getPath().isEmpty()) {
            var position = failure.getLocation();
            return Problem.BODY_MALFORMED.exception(
                    position == null || position.getLineNr() < 1
                            ? "The request body is not a JSON object."
                            : "The request body is not a JSON object: line %d, column %d."
                                    .formatted(position.getLineNr(), position.getColumnNr()));
        }
        var path = String.join(
                ".",
                failure.getPath().stream()
                        .map(step -> step.getPropertyName() == null ? "" + step.getIndex() : step.getPropertyName())
                        .toList());
        var reason =
                switch (failure) {
                    case UnrecognizedPropertyException e -> "is not a field of this resource";
                    case IgnoredPropertyException e -> "is read-only, so a new resource cannot have it";
                    default -> "is missing or does not have the expected type";
                };
        return Problem.BODY_INVALID.exception(
                "Fields of the request body are not valid.", List.of(new InvalidField(path, reason)));
    }
}
