package kinoteka.gateway.problem;

import java.util.Locale;
import org.springframework.http.HttpStatus;

/** Every failure this gateway can answer with; {@code docs/errors.md} tells clients what each one means. */
public enum Problem {
    REQUEST_MALFORMED(HttpStatus.BAD_REQUEST, "This is not a valid HTTP request"),
    REQUEST_TARGET_REFUSED(HttpStatus.BAD_REQUEST, "The request target is not acceptable"),
    BODY_NOT_ALLOWED(HttpStatus.BAD_REQUEST, "A request of this method has no body"),
    ROUTE_UNKNOWN(HttpStatus.NOT_FOUND, "Nothing is served at this path"),
    METHOD_NOT_ALLOWED(HttpStatus.METHOD_NOT_ALLOWED, "This method is not allowed here"),
    REQUEST_TOO_SLOW(HttpStatus.REQUEST_TIMEOUT, "The request took too long to arrive"),
    BODY_TOO_LARGE(HttpStatus.CONTENT_TOO_LARGE, "The request body is too large"),
    TARGET_TOO_LONG(HttpStatus.URI_TOO_LONG, "The request target is too long"),
    TOO_MANY_STREAMS(HttpStatus.TOO_MANY_REQUESTS, "The client has too many streams open"),
    HEADERS_TOO_LARGE(HttpStatus.REQUEST_HEADER_FIELDS_TOO_LARGE, "The request headers are too large"),
    INTERNAL(HttpStatus.INTERNAL_SERVER_ERROR, "Something went wrong here"),
    UPSTREAM_FAILED(HttpStatus.BAD_GATEWAY, "The service behind this path failed to answer"),
    UPSTREAM_UNAVAILABLE(HttpStatus.SERVICE_UNAVAILABLE, "The service behind this path is unavailable"),
    NOT_READY(HttpStatus.SERVICE_UNAVAILABLE, "The gateway takes no traffic now"),
    UPSTREAM_TIMEOUT(HttpStatus.GATEWAY_TIMEOUT, "The service behind this path took too long"),
    HTTP_VERSION_NOT_SUPPORTED(HttpStatus.HTTP_VERSION_NOT_SUPPORTED, "This version of HTTP is not supported");

    private final HttpStatus status;
    private final String title;
    private final String type;

    Problem(HttpStatus status, String title) {
        this.status = status;
        this.title = title;
        this.type = "/problems/" + name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    public HttpStatus status() {
        return status;
    }

    public String title() {
        return title;
    }

    /** The stable name clients may program against, a relative URI. */
    public String type() {
        return type;
    }

    /** Whether the same request may well succeed a moment later; the response has {@code Retry-After} then. */
    public boolean isTransient() {
        return status == HttpStatus.SERVICE_UNAVAILABLE || status == HttpStatus.TOO_MANY_REQUESTS;
    }
}
