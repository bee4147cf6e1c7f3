/** Limits the number of short requests that an instance of the catalogue processes at the same time, by its latency. */
@NullMarked
package kinoteka.gateway.resilience.limit;

import org.jspecify.annotations.NullMarked;
