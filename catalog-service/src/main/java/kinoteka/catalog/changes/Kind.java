package kinoteka.catalog.changes;

import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;

/** What can change, by the API's names. The triggers of {@code V18__changes.sql} know the same. */
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

    /** As events and requests say it. */
    String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** The words of these kinds. */
    static Set<String> words(Set<Kind> kinds) {
        return kinds.stream().map(Kind::word).collect(Collectors.toUnmodifiableSet());
    }
}
