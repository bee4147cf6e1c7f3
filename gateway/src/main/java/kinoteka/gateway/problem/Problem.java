package kinoteka.gateway.problem;

import java.util.Locale;
import org.springframework.http.HttpStatus;

/** The problems that the gateway itself reports to clients, documented in {@code docs/errors.md}. */
public enum Problem {
    REQUEST_MALFORMED(HttpStatus.BAD_REQUEST, "This is not a valid HTTP request"),
    REQUEST_TARGET_REFUSED(HttpStatus.BAD_REQUEST, "The request target is not acceptable"),
    BODY_NOT_ALLOWED(HttpStatus.BAD_REQUEST, "A request with this method must not have a body"),
    HTTPS_REQUIRED(HttpStatus.FORBIDDEN, "This is served over HTTPS only"),
    ROUTE_UNKNOWN(HttpStatus.NOT_FOUND, "Nothing is served at this path"),
    METHOD_NOT_ALLOWED(HttpStatus.METHOD_NOT_ALLOWED, "This method is not allowed here"),
    REQUEST_TOO_SLOW(HttpStatus.REQUEST_TIMEOUT, "The request took too long to arrive"),
    BODY_TOO_LARGE(HttpStatus.CONTENT_TOO_LARGE, "The request body is too large"),
    TARGET_TOO_LONG(HttpStatus.URI_TOO_LONG, "The request target is too long"),
    RATE_LIMITED(HttpStatus.TOO_MANY_REQUESTS, "The client sends too many requests"),
    TOO_MANY_STREAMS(HttpStatus.TOO_MANY_REQUESTS, "The client has too many streams open"),
    HEADERS_TOO_LARGE(HttpStatus.REQUEST_HEADER_FIELDS_TOO_LARGE, "The request headers are too large"),
    INTERNAL(HttpStatus.INTERNAL_SERVER_ERROR, "The gateway failed to process the request"),
    UPSTREAM_FAILED(HttpStatus.BAD_GATEWAY, "The service behind this path did not send a complete response"),
    UPSTREAM_UNAVAILABLE(HttpStatus.SERVICE_UNAVAILABLE, "The service behind this path is unavailable"),
    UPSTREAM_OVERLOADED(HttpStatus.SERVICE_UNAVAILABLE, "The service behind this path is overloaded"),
    UPSTREAM_CIRCUIT_OPEN(HttpStatus.SERVICE_UNAVAILABLE, "The service behind this path is given time to recover"),
    NOT_READY(HttpStatus.SERVICE_UNAVAILABLE, "The gateway is not ready"),
    RATE_LIMIT_UNAVAILABLE(HttpStatus.SERVICE_UNAVAILABLE, "Requests cannot be counted at the moment"),
    NOT_CACHED(HttpStatus.GATEWAY_TIMEOUT, "No stored response is fit for the request"),
    UPSTREAM_TIMEOUT(HttpStatus.GATEWAY_TIMEOUT, "The service behind this path did not respond in time"),
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

    /** The stable identifier by which programs distinguish problems, a relative URI. */
    public String type() {
        return type;
    }

    /** Whether the request is the reason, and nothing has failed. This is so for two server errors, too, which HTTP prescribes. */
    public boolean isRejection() {
        return status.is4xxClientError() || this == NOT_CACHED || this == HTTP_VERSION_NOT_SUPPORTED;
    }

    /** Whether the same request may succeed a moment later. If so, the response has {@code Retry-After}. */
    public boolean isTransient() {
        return status == HttpStatus.SERVICE_UNAVAILABLE || status == HttpStatus.TOO_MANY_REQUESTS;
    }
}
