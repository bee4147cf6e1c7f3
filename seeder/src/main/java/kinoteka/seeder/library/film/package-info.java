/** Films, the persons who make them, their awards, and the offers of cinemas. */
@NullMarked
package kinoteka.seeder.library.film;

import org.jspecify.annotations.NullMarked;
