/** Which changes a stored response depends on, and whether one of them has happened since the response was requested. */
@NullMarked
package kinoteka.gateway.cache.coherence;

import org.jspecify.annotations.NullMarked;
