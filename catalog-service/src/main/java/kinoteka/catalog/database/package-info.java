/** Where the data is: the primary, the replicas, and the schema's migrations. */
@NullMarked
package kinoteka.catalog.database;

import org.jspecify.annotations.NullMarked;
