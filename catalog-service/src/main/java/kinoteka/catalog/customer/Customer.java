package kinoteka.catalog.customer;

import java.time.Instant;
import kinoteka.catalog.database.Columns;

/**
 * A customer's public profile, as an element of a list.
 *
 * @param id positive
 * @param username unique
 * @param createdAt time of the registration
 */
record Customer(long id, String username, Instant createdAt) {

    static Customer of(Columns row) {
        return new Customer(row.id(), row.text(), row.instant());
    }
}
