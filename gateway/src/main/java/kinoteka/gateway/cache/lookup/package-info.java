/** Decides whether a request may have a stored response, and names the reason if it may not. */
@NullMarked
package kinoteka.gateway.cache.lookup;

import org.jspecify.annotations.NullMarked;
