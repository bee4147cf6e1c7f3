/** The edge: one package for each thing a request meets on its way to the catalogue. */
@NullMarked
package kinoteka.gateway;

import org.jspecify.annotations.NullMarked;
