/** One call of the catalogue for all requests that wait for the same response. */
@NullMarked
package kinoteka.gateway.cache.coalescing;

import org.jspecify.annotations.NullMarked;
