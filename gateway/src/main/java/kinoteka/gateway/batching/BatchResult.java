package kinoteka.gateway.batching;

import java.util.Locale;

/** How a call for several resources ended. */
enum BatchResult {
    /** With the resources that exist. */
    OK,
    /** Without a response, with a server error, or with a response that cannot be read. */
    FAILED,
    /** The catalogue does not know the call. */
    UNSUPPORTED,
    /** All clients had left. */
    CANCELLED;

    /** The value of the metric label {@code result}. */
    String label() {
        return name().toLowerCase(Locale.ROOT);
    }
}
