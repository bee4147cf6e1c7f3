package kinoteka.gateway.transport.http3.stream;

import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http3.Http3Headers;
import io.netty.util.AsciiString;
import java.util.Set;
import kinoteka.gateway.transport.Authority;
import org.jspecify.annotations.Nullable;

/** Which fields a request may have (RFC 9114, 4.2 and 4.3; RFC 9110, 5). Netty checks the pseudo-headers only. */
final class FieldRules {

    /** What a field counts in addition to its name and value (RFC 9114, 4.2.2). */
    private static final int OVERHEAD = 32;

    /** They describe a connection of HTTP/1.1. */
    private static final Set<String> OF_CONNECTIONS =
            Set.of("connection", "keep-alive", "proxy-connection", "transfer-encoding", "upgrade");

    private static final String TOKEN_MARKS = "!#$%&'*+-.^_`|~";

    private FieldRules() {}

    /** Returns the size of a field section as RFC 9114 counts it. */
    static long sizeOf(Http3Headers headers) {
        var size = 0L;
        for (var field : headers) {
            size += field.getKey().length() + field.getValue().length() + OVERHEAD;
        }
        return size;
    }

    /** Whether a request may begin with these fields. Netty has already made sure that no pseudo-header is missing or comes twice. */
    static boolean isValidRequest(Http3Headers headers) {
        return isToken(headers.method(), false)
                && isValidPath(headers.path())
                && Authority.hasValidPort(headers.authority())
                && hasOneHost(headers)
                && hasValidLength(headers)
                && areValid(headers);
    }

    /** Whether these fields may follow each other in any part of a message. */
    static boolean areValid(Http3Headers headers) {
        for (var field : headers) {
            if (!isValid(field.getKey(), field.getValue())) {
                return false;
            }
        }
        return true;
    }

    private static boolean isValid(CharSequence name, CharSequence value) {
        if (name.length() > 0 && name.charAt(0) == ':') {
            return isValidValue(value);
        }
        return isToken(name, true)
                && isValidValue(value)
                && !OF_CONNECTIONS.contains(name.toString())
                && (!AsciiString.contentEquals(name, HttpHeaderNames.TE)
                        || AsciiString.contentEquals(value, "trailers"));
    }

    /** CONNECT has no path. It is rejected elsewhere. */
    private static boolean isValidPath(@Nullable CharSequence path) {
        if (path == null) {
            return true;
        }
        for (var i = 0; i < path.length(); i++) {
            if (path.charAt(i) <= ' ' || path.charAt(i) >= 0x7f) {
                return false;
            }
        }
        return AsciiString.contentEquals(path, "*") || (path.length() > 0 && path.charAt(0) == '/');
    }

    /** Whether there is no {@code Host} that differs from the authority, by which another program could route. */
    private static boolean hasOneHost(Http3Headers headers) {
        var hosts = headers.getAll(HttpHeaderNames.HOST);
        var authority = headers.authority();
        return hosts.isEmpty()
                || (hosts.size() == 1
                        && Authority.hasValidPort(hosts.getFirst())
                        && (authority == null || AsciiString.contentEqualsIgnoreCase(authority, hosts.getFirst())));
    }

    private static boolean hasValidLength(Http3Headers headers) {
        var lengths = headers.getAll(HttpHeaderNames.CONTENT_LENGTH);
        return lengths.isEmpty()
                || (lengths.size() == 1 && lengths.getFirst().toString().matches("[0-9]{1,18}"));
    }

    private static boolean isToken(@Nullable CharSequence text, boolean isLowerCase) {
        if (text == null || text.isEmpty()) {
            return false;
        }
        for (var i = 0; i < text.length(); i++) {
            var c = text.charAt(i);
            var isLetter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z' && !isLowerCase);
            if (!isLetter && !(c >= '0' && c <= '9') && TOKEN_MARKS.indexOf(c) < 0) {
                return false;
            }
        }
        return true;
    }

    private static boolean isValidValue(CharSequence value) {
        for (var i = 0; i < value.length(); i++) {
            var c = value.charAt(i);
            if ((c < ' ' && c != '\t') || c == 0x7f) {
                return false;
            }
        }
        return true;
    }
}
