package kinoteka.quickstart.process;

import java.time.Duration;
import java.util.List;
import java.util.Map;

/**
 * How a service ended.
 *
 * @param status exit status of the process; 128 plus the number of the signal if a signal ended it
 * @param lastLines the last lines of its output, the oldest first; empty if it has written nothing
 * @param age how long before the end the latest of these lines was written
 */
public record ServiceExit(String name, int status, List<String> lastLines, Duration age) {

    private static final int SIGNAL_BASE = 128;
    private static final Map<Integer, String> SIGNALS = Map.of(
            1, "SIGHUP",
            2, "SIGINT",
            6, "SIGABRT",
            9, "SIGKILL, which the kernel also sends when memory is short",
            11, "SIGSEGV",
            15, "SIGTERM");

    /** Returns a description for the user: the name, the exit status, and the last lines of the output. */
    public String describe() {
        String sentence = "The " + name + " stopped unexpectedly with exit status " + status + signal() + ".";
        if (lastLines.isEmpty()) {
            return sentence + " It has written no output.";
        }
        return sentence + " The last lines of its output, up to " + age.toSeconds() + " s before it stopped:\n    "
                + String.join("\n    ", lastLines);
    }

    private String signal() {
        String signal = SIGNALS.get(status - SIGNAL_BASE);
        return signal == null ? "" : " (" + signal + ")";
    }
}
