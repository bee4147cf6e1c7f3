/**
 * Connections to PostgreSQL: to the primary, whose schema is migrated first, and to the replicas. {@code pool} lends them,
 * {@code request} ends their use with the request, {@code failure} says what a failed statement means for the client.
 */
@NullMarked
package kinoteka.catalog.database;

import org.jspecify.annotations.NullMarked;
