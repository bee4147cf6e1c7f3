package kinoteka.quickstart.postgres;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Pattern;
import kinoteka.quickstart.QuickstartException;

/** Finds the line that states the reason in the output of a program of PostgreSQL that has failed. */
final class FailureReason {

    private static final Pattern ERROR = Pattern.compile("(?:FATAL|PANIC|ERROR|error): +(.+)");

    private FailureReason() {}

    static void requireSuccess(Binaries.Result result) {
        if (result.exitStatus() != 0 || result.output().contains("ERROR:")) {
            throw new QuickstartException(reason(result.output()));
        }
    }

    /** @param log the file to which the server writes its log */
    static void requireSuccess(Binaries.Result result, Path log) throws IOException {
        if (result.exitStatus() != 0) {
            String logged = Files.exists(log) ? Files.readString(log) : "";
            throw new QuickstartException(reason(logged.isBlank() ? result.output() : logged));
        }
    }

    static QuickstartException exception(IOException e) {
        return new QuickstartException(reason(e.toString()), e);
    }

    static String reason(String output) {
        if (output.contains("No space left on device")) {
            return "PostgreSQL cannot be started: the disk is full";
        }
        var error = ERROR.matcher(output);
        String line = error.find()
                ? error.group(1)
                : output.lines()
                        .filter(text -> !text.isBlank())
                        .reduce((first, last) -> last)
                        .orElse("no output");
        return "PostgreSQL cannot be started: " + line.strip();
    }
}
