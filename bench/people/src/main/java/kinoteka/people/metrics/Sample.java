package kinoteka.people.metrics;

import java.time.Duration;

/**
 * The measurement of one request.
 *
 * @param label the row of the report in which the request is counted
 * @param sentAt since the start of the run
 */
public record Sample(String label, Duration sentAt, Duration duration, Outcome outcome) {

    /** The label of all GET requests, whichever scenario sends them. */
    public static final String READ = "read";
}
