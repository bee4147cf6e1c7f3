/** Reports failures of the database as problems, and counts them by their reason. */
@NullMarked
package kinoteka.catalog.database.failure;

import org.jspecify.annotations.NullMarked;
