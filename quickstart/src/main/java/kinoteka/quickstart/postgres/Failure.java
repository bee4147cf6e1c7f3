package kinoteka.quickstart.postgres;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Pattern;
import kinoteka.quickstart.CannotStart;

/** Finds the one line that says why among the many that a program of PostgreSQL writes when it fails. */
final class Failure {

    private static final Pattern TELLING = Pattern.compile("(?:FATAL|PANIC|ERROR|error): +(.+)");

    private Failure() {}

    static void unlessDone(Programs.Outcome outcome) {
        if (outcome.exitCode() != 0 || outcome.output().contains("ERROR:")) {
            throw new CannotStart(reason(outcome.output()));
        }
    }

    /** @param log where the server writes after its start */
    static void unlessDone(Programs.Outcome outcome, Path log) throws IOException {
        if (outcome.exitCode() != 0) {
            String logged = Files.exists(log) ? Files.readString(log) : "";
            throw new CannotStart(reason(logged.isBlank() ? outcome.output() : logged));
        }
    }

    static CannotStart of(IOException e) {
        return new CannotStart(reason(e.toString()), e);
    }

    static String reason(String output) {
        if (output.contains("No space left on device")) {
            return "PostgreSQL does not start: the disk is full";
        }
        var telling = TELLING.matcher(output);
        String line = telling.find()
                ? telling.group(1)
                : output.lines()
                        .filter(text -> !text.isBlank())
                        .reduce((first, last) -> last)
                        .orElse("it says nothing");
        return "PostgreSQL does not start: " + line.strip();
    }
}
