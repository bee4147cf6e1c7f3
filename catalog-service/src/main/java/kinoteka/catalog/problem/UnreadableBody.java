package kinoteka.catalog.problem;

import java.util.List;
import tools.jackson.core.JacksonException;
import tools.jackson.core.exc.InputCoercionException;
import tools.jackson.databind.DatabindException;
import tools.jackson.databind.exc.IgnoredPropertyException;
import tools.jackson.databind.exc.UnrecognizedPropertyException;

/** Why a body could not be read. */
public final class UnreadableBody {

    private UnreadableBody() {}

    /** The refusal that names the field, or the place where the body stops being JSON. */
    public static ProblemException explain(JacksonException cause) {
        var ofAField = cause instanceof DatabindException || cause instanceof InputCoercionException;
        if (!ofAField || cause.getPath().isEmpty()) {
            var at = cause.getLocation();
            return Problem.BODY_MALFORMED.exception(
                    at == null || at.getLineNr() < 1
                            ? "The body is not a JSON object."
                            : "The body is not a JSON object: line %d, column %d."
                                    .formatted(at.getLineNr(), at.getColumnNr()));
        }
        var path = String.join(
                ".",
                cause.getPath().stream()
                        .map(step -> step.getPropertyName() == null ? "" + step.getIndex() : step.getPropertyName())
                        .toList());
        var expected =
                switch (cause) {
                    case UnrecognizedPropertyException e -> "expected: no such field";
                    case IgnoredPropertyException e -> "expected: no such field in a new resource, it is read-only";
                    default -> "missing or not of the expected type";
                };
        return Problem.BODY_INVALID.exception(
                "Fields of the body are not valid.", List.of(new InvalidField(path, expected)));
    }
}
