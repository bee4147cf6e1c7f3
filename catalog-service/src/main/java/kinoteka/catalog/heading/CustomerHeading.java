package kinoteka.catalog.heading;

import kinoteka.catalog.database.Columns;
import org.jspecify.annotations.Nullable;

/**
 * A customer, as everybody may see.
 *
 * @param id positive
 */
public record CustomerHeading(long id, String username) {

    /** Reads id and username. */
    public static CustomerHeading of(Columns row) {
        return new CustomerHeading(row.id(), row.text());
    }

    /** As {@link #of}; null where the id is null. */
    public static @Nullable CustomerHeading ofNullable(Columns row) {
        var id = row.idOrNull();
        var username = row.textOrNull();
        return id == null || username == null ? null : new CustomerHeading(id, username);
    }
}
