/** Connections to PostgreSQL that are lent to requests, and come back whatever becomes of the request. */
@NullMarked
package kinoteka.catalog.database.pool;

import org.jspecify.annotations.NullMarked;
