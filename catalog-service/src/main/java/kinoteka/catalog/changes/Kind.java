package kinoteka.catalog.changes;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import kinoteka.catalog.problem.InvalidField;
import kinoteka.catalog.problem.Problem;

/** What can change, by the API's names. The triggers of {@code V15__changes.sql} use the same names. */
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

    private static final Set<String> WORDS =
            Arrays.stream(values()).map(Kind::word).collect(Collectors.toCollection(TreeSet::new));

    /** As events and requests say it. */
    String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** The words as they are, once each of them is known to be one of ours. */
    static Set<String> requireKnown(List<String> words) {
        if (words.isEmpty() || !WORDS.containsAll(words)) {
            throw Problem.PARAMETER_INVALID.exception(
                    "Parameters are not valid.",
                    List.of(new InvalidField("kind", "expected: one or more of " + String.join(", ", WORDS))));
        }
        return Set.copyOf(words);
    }
}
