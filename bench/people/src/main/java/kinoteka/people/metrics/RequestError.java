package kinoteka.people.metrics;

import java.time.Duration;

/**
 * The details of an error, for finding its cause.
 *
 * @param label the row of the report in which the request is counted
 * @param sentAt since the start of the run
 * @param request method and path; empty if the scenario could not send a request
 * @param detail what the response or the exception says; may be empty
 * @param traceId by which the logs of the services can be searched; empty if no response was received
 */
public record RequestError(
        String label, Duration sentAt, String request, Outcome outcome, String detail, String traceId) {}
