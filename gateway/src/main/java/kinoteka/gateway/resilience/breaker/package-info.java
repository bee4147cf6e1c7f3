/** Stops requests to an instance of the catalogue while it fails too often. */
@NullMarked
package kinoteka.gateway.resilience.breaker;

import org.jspecify.annotations.NullMarked;
