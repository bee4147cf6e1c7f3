package kinoteka.people.api;

import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * A request to the API.
 *
 * @param path including the query
 * @param token the bearer token; null for an anonymous request
 * @param body sent as JSON; null for a request without a body
 */
public record ApiRequest(
        String method,
        String path,
        @Nullable String token,
        @Nullable Map<String, ?> body,
        Map<String, String> headers) {

    /** Returns an anonymous GET request. */
    public static ApiRequest get(String path) {
        return new ApiRequest("GET", path, null, null, Map.of());
    }

    /** Returns an anonymous POST request. */
    public static ApiRequest post(String path, Map<String, ?> body) {
        return new ApiRequest("POST", path, null, body, Map.of());
    }

    /** Returns an anonymous PATCH request. */
    public static ApiRequest patch(String path, Map<String, ?> body) {
        return new ApiRequest("PATCH", path, null, body, Map.of());
    }

    /** Returns an anonymous DELETE request. */
    public static ApiRequest delete(String path) {
        return new ApiRequest("DELETE", path, null, null, Map.of());
    }

    /** Returns a copy that is authenticated with this bearer token. */
    public ApiRequest withToken(String bearer) {
        return new ApiRequest(method, path, bearer, body, headers);
    }

    /** Returns a copy with one more header. */
    public ApiRequest withHeader(String name, String value) {
        var extended = new TreeMap<>(headers);
        extended.put(name, value);
        return new ApiRequest(method, path, token, body, extended);
    }

    /** Returns the method and the path, for error messages. */
    @Override
    public String toString() {
        return method + " " + path;
    }
}
