package kinoteka.people.notes;

import java.time.Duration;

/**
 * A request and what came of it.
 *
 * @param row under which it is counted
 * @param at when it was sent, since the beginning
 */
public record Note(String row, Duration at, Duration took, Outcome outcome) {}
