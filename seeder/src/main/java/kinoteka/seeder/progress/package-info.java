/** How far a long job is: a bar on a terminal, plain lines in a log. */
@NullMarked
package kinoteka.seeder.progress;

import org.jspecify.annotations.NullMarked;
