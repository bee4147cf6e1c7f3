/** What customers write about films, and what they make of them in stars. */
@NullMarked
package kinoteka.seeder.library.talk;

import org.jspecify.annotations.NullMarked;
