package kinoteka.catalog.problem;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.core.MethodParameter;
import org.springframework.core.ResolvableType;
import org.springframework.core.codec.DecodingException;
import org.springframework.core.io.buffer.DataBufferLimitException;
import org.springframework.http.MediaType;
import org.springframework.security.authentication.AuthenticationServiceException;
import org.springframework.security.core.AuthenticationException;
import org.springframework.validation.FieldError;
import org.springframework.validation.method.ParameterErrors;
import org.springframework.validation.method.ParameterValidationResult;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.support.WebExchangeBindException;
import org.springframework.web.method.annotation.HandlerMethodValidationException;
import org.springframework.web.server.MethodNotAllowedException;
import org.springframework.web.server.NotAcceptableStatusException;
import org.springframework.web.server.ResponseStatusException;
import org.springframework.web.server.ServerWebInputException;
import org.springframework.web.server.UnsupportedMediaTypeStatusException;
import tools.jackson.core.JacksonException;

/** What Spring says of a request that it could not hand to a controller, in our words. */
final class WebFailures {

    private WebFailures() {}

    /** Empty for what is no failure of the request. */
    static Optional<ProblemException> explain(Throwable failure) {
        return Optional.ofNullable(
                switch (failure) {
                    case WebExchangeBindException e -> invalid(e);
                    case HandlerMethodValidationException e -> invalid(e);
                    case ServerWebInputException e -> unreadable(e);
                    case MethodNotAllowedException e ->
                        Problem.METHOD_NOT_ALLOWED.exception(e.getHttpMethod() + " is not supported here.");
                    case NotAcceptableStatusException e ->
                        Problem.FORMAT_UNAVAILABLE.exception("Available: " + list(e.getSupportedMediaTypes()) + ".");
                    case UnsupportedMediaTypeStatusException e ->
                        Problem.FORMAT_UNSUPPORTED.exception("Expected: " + list(e.getSupportedMediaTypes()) + ".");
                    case ResponseStatusException e -> other(e);
                    case AuthenticationServiceException e ->
                        Problem.ISSUER_UNAVAILABLE.exception("The token cannot be verified at the moment.");
                    case AuthenticationException e ->
                        Problem.TOKEN_INVALID.exception(
                                "The token is not accepted: malformed, expired, for another audience, or not signed by the issuer.");
                    case DataBufferLimitException e -> Problem.BODY_TOO_LARGE.exception("The body is too large.");
                    default -> null;
                });
    }

    private static ProblemException invalid(WebExchangeBindException failure) {
        var errors = failure.getFieldErrors().stream().map(WebFailures::field).toList();
        return ofBody(failure.getMethodParameter())
                ? Problem.BODY_INVALID.exception("Fields of the body are not valid.", errors)
                : Problem.PARAMETER_INVALID.exception("Parameters are not valid.", errors);
    }

    private static ProblemException invalid(HandlerMethodValidationException failure) {
        var results = failure.getParameterValidationResults();
        var errors = results.stream().flatMap(WebFailures::fields).toList();
        return results.stream().allMatch(result -> ofBody(result.getMethodParameter()))
                ? Problem.BODY_INVALID.exception("Fields of the body are not valid.", errors)
                : Problem.PARAMETER_INVALID.exception("Parameters are not valid.", errors);
    }

    private static Stream<InvalidField> fields(ParameterValidationResult result) {
        return result instanceof ParameterErrors record
                ? record.getFieldErrors().stream().map(WebFailures::field)
                : result.getResolvableErrors().stream()
                        .limit(1)
                        .map(error -> InvalidField.named(
                                String.valueOf(result.getMethodParameter().getParameterName()),
                                message(error.getDefaultMessage())));
    }

    private static InvalidField field(FieldError error) {
        return InvalidField.named(
                error.getField(), error.isBindingFailure() ? "expected: a number" : message(error.getDefaultMessage()));
    }

    private static ProblemException unreadable(ServerWebInputException failure) {
        if (failure.getCause() instanceof DecodingException decoding) {
            return decoding.getCause() instanceof JacksonException cause
                    ? UnreadableBody.explain(cause)
                    : Problem.BODY_MALFORMED.exception("The body is not JSON.");
        }
        if (ofBody(failure.getMethodParameter())) {
            return Problem.BODY_MALFORMED.exception("The body is missing.");
        }
        var parameter = failure.getMethodParameter();
        return Problem.PARAMETER_INVALID.exception(
                "Parameters are not valid.",
                parameter == null
                        ? List.of()
                        : List.of(InvalidField.named(
                                String.valueOf(parameter.getParameterName()), "expected: " + expected(parameter))));
    }

    private static @Nullable ProblemException other(ResponseStatusException failure) {
        return switch (failure.getStatusCode().value()) {
            case 404 -> Problem.RESOURCE_UNKNOWN.exception("Nothing is served at this path.");
            case 413 -> Problem.BODY_TOO_LARGE.exception("The body is too large.");
            default -> null;
        };
    }

    private static String expected(MethodParameter parameter) {
        var type = ResolvableType.forMethodParameter(parameter);
        var element = type.asCollection().equals(ResolvableType.NONE)
                ? type
                : type.asCollection().getGeneric();
        return element.toClass().isEnum()
                ? Arrays.stream(element.toClass().getEnumConstants())
                        .map(one -> one.toString().toLowerCase(Locale.ROOT))
                        .collect(Collectors.joining(", "))
                : "a positive whole number of 64 bits";
    }

    private static boolean ofBody(@Nullable MethodParameter parameter) {
        return parameter != null && parameter.hasParameterAnnotation(RequestBody.class);
    }

    private static String message(@Nullable String message) {
        return message == null ? "not valid" : message;
    }

    private static String list(List<MediaType> types) {
        return String.join(", ", types.stream().map(MediaType::toString).toList());
    }
}
