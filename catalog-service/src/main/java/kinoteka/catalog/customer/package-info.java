/** Who watches; here only what everybody may know of them. */
@NullMarked
package kinoteka.catalog.customer;

import org.jspecify.annotations.NullMarked;
