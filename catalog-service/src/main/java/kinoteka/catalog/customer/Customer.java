package kinoteka.catalog.customer;

import java.time.Instant;
import kinoteka.catalog.database.Columns;

/**
 * A customer's public profile, as lists have it.
 *
 * @param id positive
 * @param username unique
 * @param createdAt when the account was opened
 */
record Customer(long id, String username, Instant createdAt) {

    static Customer of(Columns row) {
        return new Customer(row.id(), row.text(), row.instant());
    }
}
