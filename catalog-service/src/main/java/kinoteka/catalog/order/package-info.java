/** Customers' rights to watch films at online cinemas. */
@NullMarked
package kinoteka.catalog.order;

import org.jspecify.annotations.NullMarked;
