/** Fills an empty database with a made-up library: the same one every time, a table a transaction. */
@NullMarked
package kinoteka.seeder;

import org.jspecify.annotations.NullMarked;
