/** Who watches: accounts, and what everybody may know of them. */
@NullMarked
package kinoteka.catalog.customer;

import org.jspecify.annotations.NullMarked;
