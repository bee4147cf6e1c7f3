package kinoteka.gateway.log;

import java.nio.file.Path;
import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;

/** The file of the access log cannot be opened. */
final class UnusableLogFile extends RuntimeException {

    private static final long serialVersionUID = 1;

    UnusableLogFile(Path file, String reason) {
        super("kinoteka.gateway.access-log.file: " + file + " (" + reason + ")");
    }

    /** Reports at startup what is wrong with the file, instead of a stack trace. */
    static class Analyzer extends AbstractFailureAnalyzer<UnusableLogFile> {

        @Override
        protected FailureAnalysis analyze(Throwable rootFailure, UnusableLogFile cause) {
            return new FailureAnalysis(
                    "The access log cannot be opened.\n" + cause.getMessage(),
                    "Name a file in an existing folder to which this user may write, or none to write to the standard output.",
                    cause);
        }
    }
}
