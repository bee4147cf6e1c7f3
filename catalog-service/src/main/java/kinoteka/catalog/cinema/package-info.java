/** Online cinemas, and at what price they offer which films. */
@NullMarked
package kinoteka.catalog.cinema;

import org.jspecify.annotations.NullMarked;
