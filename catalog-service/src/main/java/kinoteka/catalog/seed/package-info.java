/** Fills an empty database with a made-up library: the same one every time, a table a transaction. */
@NullMarked
package kinoteka.catalog.seed;

import org.jspecify.annotations.NullMarked;
