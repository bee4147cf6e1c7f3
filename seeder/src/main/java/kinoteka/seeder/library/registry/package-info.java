/** The registries that do not grow with the library: genres, positions, awards, nominations, categories, cinemas. */
@NullMarked
package kinoteka.seeder.library.registry;

import org.jspecify.annotations.NullMarked;
