/** Customers' stars for films and publications: one rating for each, and a new one replaces the old. */
@NullMarked
package kinoteka.catalog.rating;

import org.jspecify.annotations.NullMarked;
