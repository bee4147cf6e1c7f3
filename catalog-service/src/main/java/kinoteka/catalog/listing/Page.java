package kinoteka.catalog.listing;

import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import org.jspecify.annotations.Nullable;

/**
 * What a client asks of a list.
 *
 * @param limit elements at most
 * @param after opaque cursor from the {@code Link} of the page before; absent for the first page
 */
public record Page(
        @Min(value = 1, message = EXPECTED) @Max(value = MAX_LIMIT, message = EXPECTED)
        Integer limit,

        @Nullable String after) {

    private static final int MAX_LIMIT = 100_000;
    private static final int DEFAULT_LIMIT = 100;
    private static final int MAX_SHORT = 1_000;
    private static final String EXPECTED = "expected: 1.." + MAX_LIMIT;

    public Page(@Nullable Integer limit, @Nullable String after) {
        this.limit = limit == null ? DEFAULT_LIMIT : limit;
        this.after = after;
    }

    /** Whether it is small enough to be read completely before it is written. */
    boolean isShort() {
        return limit <= MAX_SHORT;
    }
}
