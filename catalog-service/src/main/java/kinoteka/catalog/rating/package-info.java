/** Ratings of films and publications: at most one for each customer, and a new one replaces the previous one. */
@NullMarked
package kinoteka.catalog.rating;

import org.jspecify.annotations.NullMarked;
