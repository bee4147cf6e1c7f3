/** How far a long job is: a bar on a terminal, plain lines in a log. */
@NullMarked
package kinoteka.catalog.seed.progress;

import org.jspecify.annotations.NullMarked;
