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
        @Min(value = 1, message = EXPECTED) @Max(value = MOST, message = EXPECTED)
        Integer limit,

        @Nullable String after) {

    private static final int MOST = 100_000;
    private static final int USUAL = 100;
    private static final String EXPECTED = "expected: 1.." + MOST;

    public Page(@Nullable Integer limit, @Nullable String after) {
        this.limit = limit == null ? USUAL : limit;
        this.after = after;
    }
}
