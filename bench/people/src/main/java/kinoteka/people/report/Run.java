package kinoteka.people.report;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import kinoteka.people.notes.Note;
import kinoteka.people.notes.Trouble;
import kinoteka.people.rules.Finding;

/**
 * All there is to show of a run.
 *
 * @param lasted from the first request to the last answer
 * @param notes every request
 * @param troubles the first that went wrong
 * @param errors how many went wrong
 * @param page where the page is written
 */
public record Run(
        String target,
        Instant began,
        Duration lasted,
        List<Row> rows,
        List<Note> notes,
        List<Trouble> troubles,
        long errors,
        List<Finding> findings,
        Path page) {

    /** An action and how often in a second it was to be begun. */
    public record Row(String title, double rate) {}

    /** Whether nothing went wrong and every rule holds. */
    public boolean isWell() {
        return errors == 0 && findings.stream().allMatch(Finding::holds);
    }

    List<Note> of(String row) {
        return notes.stream().filter(note -> note.row().equals(row)).toList();
    }

    double perSecond(int count) {
        return count / Math.max(1e-3, lasted.toNanos() / 1e9);
    }
}
