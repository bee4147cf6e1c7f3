/** Reads several resources that are requested at the same time with one call of the catalogue. */
@NullMarked
package kinoteka.gateway.batching;

import org.jspecify.annotations.NullMarked;
