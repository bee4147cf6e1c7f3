package kinoteka.gateway.transport;

import org.jspecify.annotations.Nullable;

/** The authority of a request, from its {@code Host} header or from {@code :authority}. */
public final class Authority {

    private static final int LONGEST_PORT = 5;

    private Authority() {}

    /** Whether Reactor Netty can parse the port, or there is none. {@code routing} checks the rest. */
    public static boolean hasValidPort(@Nullable CharSequence authority) {
        if (authority == null || authority.isEmpty()) {
            return true;
        }
        var colon = indexOf(authority, ':', authority.charAt(0) == '[' ? Math.max(0, indexOf(authority, ']', 0)) : 0);
        if (colon < 0) {
            return true;
        }
        var digits = authority.length() - colon - 1;
        if (digits < 1 || digits > LONGEST_PORT) {
            return false;
        }
        for (var i = colon + 1; i < authority.length(); i++) {
            if (authority.charAt(i) < '0' || authority.charAt(i) > '9') {
                return false;
            }
        }
        return true;
    }

    private static int indexOf(CharSequence text, char c, int from) {
        for (var i = from; i < text.length(); i++) {
            if (text.charAt(i) == c) {
                return i;
            }
        }
        return -1;
    }
}
