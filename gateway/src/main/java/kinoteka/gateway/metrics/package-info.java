/** Counts and times every request under labels whose values are known beforehand. */
@NullMarked
package kinoteka.gateway.metrics;

import org.jspecify.annotations.NullMarked;
