/** Orders of films in online cinemas. */
@NullMarked
package kinoteka.catalog.order;

import org.jspecify.annotations.NullMarked;
