/** The programs that are started: their output, their end, and that none of them outlives the quickstart. */
@NullMarked
package kinoteka.quickstart.process;

import org.jspecify.annotations.NullMarked;
