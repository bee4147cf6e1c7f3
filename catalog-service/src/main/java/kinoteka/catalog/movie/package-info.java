/** Films and series. */
@NullMarked
package kinoteka.catalog.movie;

import org.jspecify.annotations.NullMarked;
