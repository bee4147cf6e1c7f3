/** Keeps the amount of log lines bounded. */
@NullMarked
package kinoteka.catalog.log;

import org.jspecify.annotations.NullMarked;
