/** Retries requests to the catalogue that were not processed, within a budget. */
@NullMarked
package kinoteka.gateway.resilience.retry;

import org.jspecify.annotations.NullMarked;
