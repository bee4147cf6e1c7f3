package kinoteka.catalog.summary;

import kinoteka.catalog.database.Columns;
import org.jspecify.annotations.Nullable;

/**
 * A reference to a customer.
 *
 * @param id positive
 */
public record CustomerSummary(long id, String username) {

    /** Reads id and username. */
    public static CustomerSummary of(Columns row) {
        return new CustomerSummary(row.id(), row.text());
    }

    /** Like {@link #of}; returns null if the id is null. */
    public static @Nullable CustomerSummary ofNullable(Columns row) {
        var id = row.idOrNull();
        var username = row.textOrNull();
        return id == null || username == null ? null : new CustomerSummary(id, username);
    }
}
