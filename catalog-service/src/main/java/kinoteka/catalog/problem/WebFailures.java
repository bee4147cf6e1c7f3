package kinoteka.catalog.problem;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.core.MethodParameter;
import org.springframework.core.codec.DecodingException;
import org.springframework.core.io.buffer.DataBufferLimitException;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.support.WebExchangeBindException;
import org.springframework.web.method.annotation.HandlerMethodValidationException;
import org.springframework.web.server.MethodNotAllowedException;
import org.springframework.web.server.NotAcceptableStatusException;
import org.springframework.web.server.ResponseStatusException;
import org.springframework.web.server.ServerWebInputException;
import org.springframework.web.server.UnsupportedMediaTypeStatusException;
import tools.jackson.core.JacksonException;
import tools.jackson.core.exc.InputCoercionException;
import tools.jackson.databind.DatabindException;
import tools.jackson.databind.exc.UnrecognizedPropertyException;

/** What Spring says of a request that it could not hand to a controller, in our words. */
final class WebFailures {

    private WebFailures() {}

    /** Empty for what is no failure of the request. */
    static Optional<Refusal> explain(Throwable failure) {
        return Optional.ofNullable(
                switch (failure) {
                    case WebExchangeBindException e -> invalid(e);
                    case HandlerMethodValidationException e -> invalid(e);
                    case ServerWebInputException e -> unreadable(e);
                    case MethodNotAllowedException e ->
                        Problem.METHOD_NOT_ALLOWED.because(e.getHttpMethod() + " is not supported here.");
                    case NotAcceptableStatusException e ->
                        Problem.FORMAT_UNAVAILABLE.because("Available: " + list(e.getSupportedMediaTypes()) + ".");
                    case UnsupportedMediaTypeStatusException e ->
                        Problem.FORMAT_UNSUPPORTED.because("Expected: " + list(e.getSupportedMediaTypes()) + ".");
                    case ResponseStatusException e -> other(e);
                    case DataBufferLimitException e -> Problem.BODY_TOO_LARGE.because("The body is too large.");
                    default -> null;
                });
    }

    private static Refusal invalid(WebExchangeBindException failure) {
        var errors = failure.getFieldErrors().stream()
                .map(error -> new InvalidField(
                        name(error.getField()),
                        error.isBindingFailure() ? "expected: a whole number" : message(error.getDefaultMessage())))
                .toList();
        return ofBody(failure.getMethodParameter())
                ? Problem.BODY_INVALID.because("Fields of the body are not valid.", errors)
                : Problem.PARAMETER_INVALID.because("Parameters are not valid.", errors);
    }

    private static Refusal invalid(HandlerMethodValidationException failure) {
        var errors = failure.getParameterValidationResults().stream()
                .map(result -> new InvalidField(
                        name(String.valueOf(result.getMethodParameter().getParameterName())),
                        message(result.getResolvableErrors().getFirst().getDefaultMessage())))
                .toList();
        return Problem.PARAMETER_INVALID.because("Parameters are not valid.", errors);
    }

    private static Refusal unreadable(ServerWebInputException failure) {
        if (failure.getCause() instanceof DecodingException decoding) {
            return decoding.getCause() instanceof JacksonException cause
                    ? unreadable(cause)
                    : Problem.BODY_MALFORMED.because("The body is not JSON.");
        }
        if (ofBody(failure.getMethodParameter())) {
            return Problem.BODY_MALFORMED.because("The body is missing.");
        }
        var parameter = failure.getMethodParameter();
        var field = parameter == null ? "" : name(String.valueOf(parameter.getParameterName()));
        return Problem.PARAMETER_INVALID.because(
                "Parameters are not valid.",
                List.of(new InvalidField(field, "expected: a positive whole number of 64 bits")));
    }

    private static Refusal unreadable(JacksonException cause) {
        var ofAField = cause instanceof DatabindException || cause instanceof InputCoercionException;
        if (!ofAField || cause.getPath().isEmpty()) {
            var at = cause.getLocation();
            return Problem.BODY_MALFORMED.because(
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
        var expected = cause instanceof UnrecognizedPropertyException
                ? "expected: no such field"
                : "missing or not of the expected type";
        return Problem.BODY_INVALID.because(
                "Fields of the body are not valid.", List.of(new InvalidField(path, expected)));
    }

    private static @Nullable Refusal other(ResponseStatusException failure) {
        return switch (failure.getStatusCode().value()) {
            case 404 -> Problem.RESOURCE_UNKNOWN.because("Nothing is served at this path.");
            case 413 -> Problem.BODY_TOO_LARGE.because("The body is too large.");
            default -> null;
        };
    }

    private static boolean ofBody(@Nullable MethodParameter parameter) {
        return parameter != null && parameter.hasParameterAnnotation(RequestBody.class);
    }

    private static String name(String javaName) {
        return javaName.replaceAll("(?<=[a-z0-9])(?=[A-Z])", "_").toLowerCase(Locale.ROOT);
    }

    private static String message(@Nullable String message) {
        return message == null ? "not valid" : message;
    }

    private static String list(List<MediaType> types) {
        return String.join(", ", types.stream().map(MediaType::toString).toList());
    }
}
