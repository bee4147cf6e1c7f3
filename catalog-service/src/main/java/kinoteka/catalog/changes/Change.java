package kinoteka.catalog.changes;

import java.util.Optional;
import java.util.regex.Pattern;

/**
 * A notification from PostgreSQL: one resource has changed, or possibly all resources of a kind.
 *
 * @param event {@code created}, {@code changed} or {@code deleted}
 * @param kind a {@link Kind}, or a kind that only a newer version of the schema has
 * @param data JSON object, without line breaks
 */
record Change(String event, String kind, String data) {

    private static final Pattern PAYLOAD = Pattern.compile(
            "(?<event>created|changed|deleted) (?<data>\\{\"kind\":\"(?<kind>[a-z_]+)\"(,\"[a-z_]+\":-?\\d+)*})");

    /** Returns nothing for a payload that the triggers cannot have written. */
    static Optional<Change> parse(String payload) {
        var match = PAYLOAD.matcher(payload);
        return match.matches()
                ? Optional.of(new Change(match.group("event"), match.group("kind"), match.group("data")))
                : Optional.empty();
    }
}
