/** The PostgreSQL servers of a cluster: which of them is the primary, and how far the others are behind it. */
@NullMarked
package kinoteka.catalog.database.server;

import org.jspecify.annotations.NullMarked;
