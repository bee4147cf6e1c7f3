/** Calls the catalogue, with limits on connections and time, and converts its failures to problems. */
@NullMarked
package kinoteka.gateway.upstream;

import org.jspecify.annotations.NullMarked;
