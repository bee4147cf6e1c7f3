/** The connections to PostgreSQL that one request holds, and what becomes of them when its client disconnects. */
@NullMarked
package kinoteka.catalog.database.request;

import org.jspecify.annotations.NullMarked;
