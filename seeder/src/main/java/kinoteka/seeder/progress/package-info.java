/** The progress of the seeder: a bar on a terminal, lines in a log. */
@NullMarked
package kinoteka.seeder.progress;

import org.jspecify.annotations.NullMarked;
