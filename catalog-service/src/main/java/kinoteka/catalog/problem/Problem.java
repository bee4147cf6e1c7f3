package kinoteka.catalog.problem;

import java.util.List;
import java.util.Locale;
import org.springframework.http.HttpStatus;
import reactor.core.publisher.Mono;

/** Every problem that the catalogue reports to its clients; {@code docs/errors.md} describes each of them. */
public enum Problem {
    PARAMETER_INVALID(HttpStatus.BAD_REQUEST, "A parameter of the request is not valid"),
    BODY_MALFORMED(HttpStatus.BAD_REQUEST, "The request body is not valid JSON"),
    TOKEN_MISSING(HttpStatus.UNAUTHORIZED, "The request needs an access token"),
    TOKEN_INVALID(HttpStatus.UNAUTHORIZED, "The access token is not valid"),
    FORBIDDEN(HttpStatus.FORBIDDEN, "The access token does not permit this request"),
    RESOURCE_NOT_FOUND(HttpStatus.NOT_FOUND, "The resource does not exist"),
    METHOD_NOT_ALLOWED(HttpStatus.METHOD_NOT_ALLOWED, "The resource does not support this method"),
    NOT_ACCEPTABLE(HttpStatus.NOT_ACCEPTABLE, "The resource is not available in an accepted format"),
    RESOURCE_EXISTS(HttpStatus.CONFLICT, "The resource already exists"),
    RESOURCE_IN_USE(HttpStatus.CONFLICT, "Other resources refer to this resource"),
    PRECONDITION_FAILED(HttpStatus.PRECONDITION_FAILED, "The resource is not in the state that the request expects"),
    BODY_TOO_LARGE(HttpStatus.CONTENT_TOO_LARGE, "The request body is too large"),
    UNSUPPORTED_MEDIA_TYPE(HttpStatus.UNSUPPORTED_MEDIA_TYPE, "The format of the request body is not supported"),
    BODY_INVALID(HttpStatus.UNPROCESSABLE_CONTENT, "The request body is not valid"),
    REFERENCE_NOT_FOUND(HttpStatus.UNPROCESSABLE_CONTENT, "The request body refers to a resource that does not exist"),
    IDEMPOTENCY_KEY_REUSED(HttpStatus.UNPROCESSABLE_CONTENT, "The Idempotency-Key was used for a different request"),
    TOO_MANY_STREAMS(HttpStatus.TOO_MANY_REQUESTS, "The client has as many streams open as it may have"),
    TOO_MANY_REQUESTS(HttpStatus.TOO_MANY_REQUESTS, "The client has as many requests in progress as it may have"),
    INTERNAL(HttpStatus.INTERNAL_SERVER_ERROR, "The service failed to process the request"),
    OVERLOADED(HttpStatus.SERVICE_UNAVAILABLE, "The service is processing too many requests of this kind"),
    RESOURCE_BUSY(HttpStatus.SERVICE_UNAVAILABLE, "Other requests are changing the same resource"),
    ISSUER_UNAVAILABLE(HttpStatus.SERVICE_UNAVAILABLE, "The issuer of access tokens is unavailable"),
    DATABASE_UNAVAILABLE(HttpStatus.SERVICE_UNAVAILABLE, "The database is unavailable"),
    OUTCOME_UNKNOWN(HttpStatus.SERVICE_UNAVAILABLE, "It is unknown whether the request has taken effect"),
    DATABASE_TIMEOUT(HttpStatus.SERVICE_UNAVAILABLE, "The database did not process the request in time");

    private final HttpStatus status;
    private final String title;

    Problem(HttpStatus status, String title) {
        this.status = status;
        this.title = title;
    }

    public HttpStatus status() {
        return status;
    }

    /** A short summary for people, the same for every occurrence. */
    public String title() {
        return title;
    }

    /** The stable name of this type of problem, a relative URI reference. */
    public String type() {
        return "/problems/" + name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** Whether the same request may succeed a little later; such a response has {@code Retry-After}. */
    boolean isTransient() {
        return status == HttpStatus.SERVICE_UNAVAILABLE || status == HttpStatus.TOO_MANY_REQUESTS;
    }

    /** Fails with {@link #RESOURCE_NOT_FOUND}, for example "There is no movie 7". */
    public static <T> Mono<T> notFound(String name, long id) {
        return Mono.error(() -> RESOURCE_NOT_FOUND.exception("There is no " + name + " " + id + "."));
    }

    /**
     * This problem as an exception.
     *
     * @param detail explains this occurrence to the client, in complete sentences
     */
    public ProblemException exception(String detail) {
        return exception(detail, List.of());
    }

    /**
     * This problem as an exception.
     *
     * @param detail explains this occurrence to the client, in complete sentences
     * @param errors the fields or parameters that are not valid
     */
    public ProblemException exception(String detail, List<InvalidField> errors) {
        return new ProblemException(this, detail, errors);
    }
}
