package kinoteka.gateway.reload;

import java.util.stream.Collectors;

/** The configuration file cannot be applied. The message says which setting is wrong, and what was expected, in one line. */
final class RejectedConfiguration extends Exception {

    private static final long serialVersionUID = 1;

    RejectedConfiguration(String message) {
        super(message.lines().map(String::strip).collect(Collectors.joining(" ")), null, false, false);
    }
}
