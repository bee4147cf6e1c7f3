/** Customers, what they watch and order. */
@NullMarked
package kinoteka.seeder.library.viewer;

import org.jspecify.annotations.NullMarked;
