/** Which film, and perhaps whose work in it, won what. */
@NullMarked
package kinoteka.catalog.award;

import org.jspecify.annotations.NullMarked;
