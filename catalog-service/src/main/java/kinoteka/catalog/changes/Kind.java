package kinoteka.catalog.changes;

import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;

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

    /** The name in events and requests. */
    String wireName() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** The names of these kinds. */
    static Set<String> wireNames(Set<Kind> kinds) {
        return kinds.stream().map(Kind::wireName).collect(Collectors.toUnmodifiableSet());
    }
}
