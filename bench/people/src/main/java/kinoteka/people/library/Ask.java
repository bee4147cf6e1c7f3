package kinoteka.people.library;

import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What is asked of the library.
 *
 * @param path with its query
 * @param token of who asks; null for anybody
 * @param body written as JSON; null where there is none
 */
public record Ask(
        String method,
        String path,
        @Nullable String token,
        @Nullable Map<String, ?> body,
        Map<String, String> headers) {

    /** Reads as anybody. */
    public static Ask get(String path) {
        return new Ask("GET", path, null, null, Map.of());
    }

    /** Adds something. */
    public static Ask post(String path, Map<String, ?> body) {
        return new Ask("POST", path, null, body, Map.of());
    }

    /** Changes a part of something. */
    public static Ask patch(String path, Map<String, ?> body) {
        return new Ask("PATCH", path, null, body, Map.of());
    }

    /** Takes something away. */
    public static Ask delete(String path) {
        return new Ask("DELETE", path, null, null, Map.of());
    }

    /** The same, asked by who has this token. */
    public Ask by(String bearer) {
        return new Ask(method, path, bearer, body, headers);
    }

    /** The same with another header. */
    public Ask with(String header, String value) {
        var more = new TreeMap<>(headers);
        more.put(header, value);
        return new Ask(method, path, token, body, more);
    }

    @Override
    public String toString() {
        return method + " " + path;
    }
}
