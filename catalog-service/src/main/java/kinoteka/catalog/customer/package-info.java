/** Customers: their accounts, public profiles and passwords. */
@NullMarked
package kinoteka.catalog.customer;

import org.jspecify.annotations.NullMarked;
