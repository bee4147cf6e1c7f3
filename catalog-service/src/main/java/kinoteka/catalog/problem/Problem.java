package kinoteka.catalog.problem;

import java.util.List;
import java.util.Locale;
import org.springframework.http.HttpStatus;
import reactor.core.publisher.Mono;

/** Every failure the catalogue can answer with, in one table; {@code docs/errors.md} says more of each. */
public enum Problem {
    PARAMETER_INVALID(HttpStatus.BAD_REQUEST, "A parameter of the request is not valid"),
    BODY_MALFORMED(HttpStatus.BAD_REQUEST, "The body cannot be read as JSON"),
    TOKEN_MISSING(HttpStatus.UNAUTHORIZED, "The request needs a token"),
    TOKEN_INVALID(HttpStatus.UNAUTHORIZED, "The token is not valid"),
    FORBIDDEN(HttpStatus.FORBIDDEN, "The token does not allow this"),
    RESOURCE_UNKNOWN(HttpStatus.NOT_FOUND, "There is no such resource"),
    METHOD_NOT_ALLOWED(HttpStatus.METHOD_NOT_ALLOWED, "The resource does not support this method"),
    FORMAT_UNAVAILABLE(HttpStatus.NOT_ACCEPTABLE, "The resource is not available in an accepted format"),
    RESOURCE_EXISTS(HttpStatus.CONFLICT, "There is such a resource already"),
    RESOURCE_IN_USE(HttpStatus.CONFLICT, "The resource is needed by others"),
    RESOURCE_CHANGED(HttpStatus.PRECONDITION_FAILED, "The resource is no longer what the request expects"),
    BODY_TOO_LARGE(HttpStatus.CONTENT_TOO_LARGE, "The body is too large"),
    FORMAT_UNSUPPORTED(HttpStatus.UNSUPPORTED_MEDIA_TYPE, "The body is in a format that is not read here"),
    BODY_INVALID(HttpStatus.UNPROCESSABLE_CONTENT, "The body does not say what is expected"),
    REFERENCE_UNKNOWN(HttpStatus.UNPROCESSABLE_CONTENT, "The body refers to what does not exist"),
    IDEMPOTENCY_KEY_REUSED(HttpStatus.UNPROCESSABLE_CONTENT, "The Idempotency-Key was used for another request"),
    TOO_MANY_STREAMS(HttpStatus.TOO_MANY_REQUESTS, "The client has as many streams open as it may have"),
    INTERNAL(HttpStatus.INTERNAL_SERVER_ERROR, "The request failed for a reason on our side"),
    OVERLOADED(HttpStatus.SERVICE_UNAVAILABLE, "Too many ask for the same at the moment"),
    ISSUER_UNAVAILABLE(HttpStatus.SERVICE_UNAVAILABLE, "The issuer of the token cannot be asked at the moment"),
    DATABASE_UNAVAILABLE(HttpStatus.SERVICE_UNAVAILABLE, "The database cannot answer at the moment");

    private final HttpStatus status;
    private final String title;

    Problem(HttpStatus status, String title) {
        this.status = status;
        this.title = title;
    }

    public HttpStatus status() {
        return status;
    }

    /** One line for people. */
    public String title() {
        return title;
    }

    /** Stable address of this kind of problem, a relative reference. */
    public String type() {
        return "/problems/" + name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** Fails with {@link #RESOURCE_UNKNOWN}, for example "There is no movie 7". */
    public static <T> Mono<T> notFound(String name, long id) {
        return Mono.error(() -> RESOURCE_UNKNOWN.exception("There is no " + name + " " + id + "."));
    }

    /** This problem, with what happened to this very request, for its sender. */
    public ProblemException exception(String detail) {
        return exception(detail, List.of());
    }

    /** This problem, with what happened to this very request and which fields or parameters caused it. */
    public ProblemException exception(String detail, List<InvalidField> errors) {
        return new ProblemException(this, detail, errors);
    }
}
