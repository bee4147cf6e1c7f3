package kinoteka.catalog.problem;

import java.util.List;
import java.util.Locale;
import org.springframework.http.HttpStatus;

/** Every failure the catalogue can answer with, in one table; {@code docs/errors.md} says more of each. */
public enum Problem {
    PARAMETER_INVALID(HttpStatus.BAD_REQUEST, "A parameter of the request is not valid"),
    BODY_MALFORMED(HttpStatus.BAD_REQUEST, "The body cannot be read as JSON"),
    RESOURCE_UNKNOWN(HttpStatus.NOT_FOUND, "There is no such resource"),
    METHOD_NOT_ALLOWED(HttpStatus.METHOD_NOT_ALLOWED, "The resource does not support this method"),
    FORMAT_UNAVAILABLE(HttpStatus.NOT_ACCEPTABLE, "The resource is not available in an accepted format"),
    RESOURCE_CHANGED(HttpStatus.PRECONDITION_FAILED, "The resource is no longer what the request expects"),
    BODY_TOO_LARGE(HttpStatus.CONTENT_TOO_LARGE, "The body is too large"),
    FORMAT_UNSUPPORTED(HttpStatus.UNSUPPORTED_MEDIA_TYPE, "The body is in a format that is not read here"),
    BODY_INVALID(HttpStatus.UNPROCESSABLE_CONTENT, "The body does not say what is expected"),
    REFERENCE_UNKNOWN(HttpStatus.UNPROCESSABLE_CONTENT, "The body refers to what does not exist"),
    INTERNAL(HttpStatus.INTERNAL_SERVER_ERROR, "The request failed for a reason on our side"),
    DATABASE_UNAVAILABLE(HttpStatus.SERVICE_UNAVAILABLE, "The database cannot answer at the moment"),
    TOO_MANY_LISTENERS(HttpStatus.SERVICE_UNAVAILABLE, "As many listen to changes as may");

    private final HttpStatus status;
    private final String title;

    Problem(HttpStatus status, String title) {
        this.status = status;
        this.title = title;
    }

    HttpStatus status() {
        return status;
    }

    String title() {
        return title;
    }

    /** Stable address of this kind of problem, a relative reference. */
    String type() {
        return "/problems/" + name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** This problem, with what happened to this very request, for its sender. */
    public Refusal because(String detail) {
        return because(detail, List.of());
    }

    /** This problem, with what happened to this very request and which fields or parameters caused it. */
    public Refusal because(String detail, List<InvalidField> errors) {
        return new Refusal(this, detail, errors);
    }
}
