/** Customers, their sessions and their orders. */
@NullMarked
package kinoteka.seeder.library.customer;

import org.jspecify.annotations.NullMarked;
