/** Calls of the catalogue whose responses are to be stored: read from the primary, completely, and not too many at a time. */
@NullMarked
package kinoteka.gateway.cache.fetch;

import org.jspecify.annotations.NullMarked;
