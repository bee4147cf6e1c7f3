/** What must not happen twice, however often it is asked for. */
@NullMarked
package kinoteka.catalog.once;

import org.jspecify.annotations.NullMarked;
