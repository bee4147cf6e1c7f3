/** Online cinemas and their offers of films. */
@NullMarked
package kinoteka.catalog.cinema;

import org.jspecify.annotations.NullMarked;
