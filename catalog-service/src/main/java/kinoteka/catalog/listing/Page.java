package kinoteka.catalog.listing;

import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The page of a list that a client asks for.
 *
 * @param limit the maximum number of elements
 * @param after the opaque cursor from the {@code Link} of the previous page; absent for the first page
 */
public record Page(
        @Min(value = 1, message = EXPECTED) @Max(value = MAX_LIMIT, message = EXPECTED)
        Integer limit,

        @Pattern(regexp = "[A-Za-z0-9_-]+", message = Page.CURSOR_EXPECTED) @Nullable
        String after) {

    /** The name of the parameter {@link #after}. */
    static final String AFTER = "after";

    /** The text for a client whose cursor is not valid. */
    static final String CURSOR_EXPECTED = "expected: the cursor of a next link of this list";

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
