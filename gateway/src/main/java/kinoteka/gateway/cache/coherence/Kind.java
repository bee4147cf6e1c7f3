package kinoteka.gateway.cache.coherence;

import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The kinds of resources that have events in {@code /api/changes}, as {@code docs/changes.md} lists them. */
public enum Kind {
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

    private static final Map<String, Kind> BY_LABEL =
            Arrays.stream(values()).collect(Collectors.toUnmodifiableMap(Kind::label, Function.identity()));

    private final String label = name().toLowerCase(Locale.ROOT);

    /** The name in events, and the value of the metric label {@code kind}. */
    public String label() {
        return label;
    }

    /** Returns the kind of this name; null for a name that only a newer catalogue knows. */
    public static @Nullable Kind ofLabel(String label) {
        return BY_LABEL.get(label);
    }
}
