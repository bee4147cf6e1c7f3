package kinoteka.catalog.customer;

import java.time.Instant;

/**
 * A customer's public profile.
 *
 * @param id positive
 * @param username unique
 * @param createdAt when the account was opened
 */
record Customer(long id, String username, Instant createdAt) {}
