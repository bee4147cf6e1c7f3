/** Customers, what they watch and order. */
@NullMarked
package kinoteka.catalog.seed.library.viewer;

import org.jspecify.annotations.NullMarked;
