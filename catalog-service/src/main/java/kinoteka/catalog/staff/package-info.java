/** The staff of films: persons and their kinds of work. */
@NullMarked
package kinoteka.catalog.staff;

import org.jspecify.annotations.NullMarked;
