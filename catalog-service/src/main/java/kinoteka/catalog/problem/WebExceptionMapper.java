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
import org.springframework.http.HttpMethod;
import org.springframework.http.MediaType;
import org.springframework.security.authentication.AuthenticationServiceException;
import org.springframework.security.core.AuthenticationException;
import org.springframework.stereotype.Component;
import org.springframework.util.InvalidMimeTypeException;
import org.springframework.validation.FieldError;
import org.springframework.validation.method.ParameterErrors;
import org.springframework.validation.method.ParameterValidationResult;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.support.WebExchangeBindException;
import org.springframework.web.method.annotation.HandlerMethodValidationException;
import org.springframework.web.server.MethodNotAllowedException;
import org.springframework.web.server.NotAcceptableStatusException;
import org.springframework.web.server.ResponseStatusException;
import org.springframework.web.server.ServerWebInputException;
import org.springframework.web.server.UnsupportedMediaTypeStatusException;
import tools.jackson.core.JacksonException;

/** Maps the exceptions of Spring's web and security support: requests that never reached a controller. */
@Component
class WebExceptionMapper implements ExceptionMapper {

    @Override
    public Optional<ProblemException> map(Throwable failure, HttpMethod method) {
        return Optional.ofNullable(
                switch (failure) {
                    case WebExchangeBindException e -> invalid(e);
                    case HandlerMethodValidationException e -> invalid(e);
                    case ServerWebInputException e -> invalid(e);
                    case MethodNotAllowedException e ->
                        Problem.METHOD_NOT_ALLOWED.exception(
                                "The resource does not support " + e.getHttpMethod() + ".");
                    case NotAcceptableStatusException e ->
                        Problem.NOT_ACCEPTABLE.exception(
                                "The available formats are: " + list(e.getSupportedMediaTypes()) + ".");
                    case UnsupportedMediaTypeStatusException e ->
                        Problem.UNSUPPORTED_MEDIA_TYPE.exception(
                                "The supported formats are: " + list(e.getSupportedMediaTypes()) + ".");
                    case InvalidMimeTypeException e ->
                        Problem.PARAMETER_INVALID.exception(
                                "A media type in the headers is not valid, or there are too many.");
                    case ResponseStatusException e -> other(e);
                    case AuthenticationServiceException e ->
                        Problem.ISSUER_UNAVAILABLE.exception("The access token cannot be verified at the moment.");
                    case AuthenticationException e ->
                        Problem.TOKEN_INVALID.exception(
                                "The access token is malformed, expired, for another audience, or not signed by a known key.");
                    case DataBufferLimitException e -> tooLarge();
                    default -> null;
                });
    }

    private static ProblemException invalid(WebExchangeBindException failure) {
        var errors =
                failure.getFieldErrors().stream().map(WebExceptionMapper::field).toList();
        return isBody(failure.getMethodParameter())
                ? Problem.BODY_INVALID.exception("Fields of the request body are not valid.", errors)
                : Problem.PARAMETER_INVALID.exception("Parameters are not valid.", errors);
    }

    private static ProblemException invalid(HandlerMethodValidationException failure) {
        var results = failure.getParameterValidationResults();
        var errors = results.stream().flatMap(WebExceptionMapper::fields).toList();
        return results.stream().allMatch(result -> isBody(result.getMethodParameter()))
                ? Problem.BODY_INVALID.exception("Fields of the request body are not valid.", errors)
                : Problem.PARAMETER_INVALID.exception("Parameters are not valid.", errors);
    }

    private static Stream<InvalidField> fields(ParameterValidationResult result) {
        return result instanceof ParameterErrors record
                ? record.getFieldErrors().stream().map(WebExceptionMapper::field)
                : result.getResolvableErrors().stream()
                        .limit(1)
                        .map(error -> invalid(result.getMethodParameter(), message(error.getDefaultMessage())));
    }

    /** Headers keep the name that the client sends; all other parameters are called after those in Java. */
    private static InvalidField invalid(MethodParameter parameter, String detail) {
        var header = parameter.getParameterAnnotation(RequestHeader.class);
        return header == null
                ? InvalidField.named(String.valueOf(parameter.getParameterName()), detail)
                : new InvalidField(header.name(), detail);
    }

    private static InvalidField field(FieldError error) {
        return InvalidField.named(
                error.getField(), error.isBindingFailure() ? "expected: a number" : message(error.getDefaultMessage()));
    }

    private static ProblemException invalid(ServerWebInputException failure) {
        if (failure.getCause() instanceof DecodingException decoding) {
            return decoding.getCause() instanceof JacksonException cause
                    ? JsonExceptionMapper.map(cause)
                    : Problem.BODY_MALFORMED.exception("The request body is missing or not valid JSON.");
        }
        if (isBody(failure.getMethodParameter())) {
            return Problem.BODY_MALFORMED.exception("The request body is missing.");
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
            case 404 -> Problem.RESOURCE_NOT_FOUND.exception("There is no resource at this path.");
            case 413 -> tooLarge();
            default ->
                failure.getStatusCode().is4xxClientError()
                        ? Problem.PARAMETER_INVALID.exception("The request is not valid.")
                        : null;
        };
    }

    private static ProblemException tooLarge() {
        return Problem.BODY_TOO_LARGE.exception("The request body is too large.");
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
                : "an integer of 64 bits";
    }

    private static boolean isBody(@Nullable MethodParameter parameter) {
        return parameter != null && parameter.hasParameterAnnotation(RequestBody.class);
    }

    private static String message(@Nullable String message) {
        return message == null ? "is not valid" : message;
    }

    private static String list(List<MediaType> types) {
        return String.join(", ", types.stream().map(MediaType::toString).toList());
    }
}
