/** The rows of the generated library. Each row is computed from the random seed, its own id and the ids that it refers to. */
@NullMarked
package kinoteka.seeder.library;

import org.jspecify.annotations.NullMarked;
