package kinoteka.catalog.changes;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import kinoteka.catalog.problem.InvalidField;
import kinoteka.catalog.problem.Problem;

/** The kinds of resources that have events. The triggers of {@code V15__changes.sql} use the same names. */
enum Kind {
    MOVIE,
    PERSON,
    CINEMA,
    AWARD,
    CUSTOMER,
    SESSION,
    PUBLICATION,
    COMMENT,
    RATING,
    STAFF,
    OFFER,
    TAG,
    POSITION,
    FILM_AWARD,
    NOMINATION,
    CATEGORY;

    private static final Set<String> WIRE_NAMES =
            Arrays.stream(values()).map(Kind::wireName).collect(Collectors.toCollection(TreeSet::new));

    /** The name in events and requests. */
    String wireName() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** Returns the names; fails unless there is at least one and every one is the name of a kind. */
    static Set<String> requireKnown(List<String> names) {
        if (names.isEmpty() || !WIRE_NAMES.containsAll(names)) {
            throw Problem.PARAMETER_INVALID.exception(
                    "Parameters are not valid.",
                    List.of(new InvalidField("kind", "expected: one or more of " + String.join(", ", WIRE_NAMES))));
        }
        return Set.copyOf(names);
    }
}
