/** Films, who makes them, what they win, where they are offered. */
@NullMarked
package kinoteka.seeder.library.film;

import org.jspecify.annotations.NullMarked;
