package kinoteka.people.notes;

import java.time.Duration;

/**
 * A request that went wrong, with what is needed to look for the reason.
 *
 * @param at when it was sent, since the beginning
 * @param traceId by which the services' logs know it; empty if no response was received
 */
public record Trouble(String row, Duration at, String request, Outcome outcome, String detail, String traceId) {}
