package kinoteka.catalog.changes;

import java.util.Optional;
import java.util.regex.Pattern;

/**
 * What PostgreSQL says of one thing, or of all things of a kind.
 *
 * @param event {@code created}, {@code changed} or {@code deleted}
 * @param kind one of {@link Kind}, or one that a newer version of the schema knows
 * @param data JSON object, without line breaks
 */
record Change(String event, String kind, String data) {

    private static final Pattern PAYLOAD = Pattern.compile(
            "(?<event>created|changed|deleted) (?<data>\\{\"kind\":\"(?<kind>[a-z_]+)\"(,\"[a-z_]+\":-?\\d+)*})");

    /** Empty for what the triggers have not written. */
    static Optional<Change> read(String payload) {
        var match = PAYLOAD.matcher(payload);
        return match.matches()
                ? Optional.of(new Change(match.group("event"), match.group("kind"), match.group("data")))
                : Optional.empty();
    }
}
