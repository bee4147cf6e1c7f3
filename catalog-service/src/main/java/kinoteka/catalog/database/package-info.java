/** Connections to PostgreSQL: to the primary, which also migrates the schema, and to the replicas. */
@NullMarked
package kinoteka.catalog.database;

import org.jspecify.annotations.NullMarked;
