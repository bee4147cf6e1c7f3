/** Rows that are computed from the random seed and their id, and the arithmetic that keeps their keys unique. */
@NullMarked
package kinoteka.seeder.rows;

import org.jspecify.annotations.NullMarked;
