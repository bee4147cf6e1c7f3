/** Who made a film, and as what. */
@NullMarked
package kinoteka.catalog.staff;

import org.jspecify.annotations.NullMarked;
