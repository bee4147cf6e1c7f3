/** What {@code AllocationIT} sends and counts. */
@NullMarked
package kinoteka.quickstart.allocation;

import org.jspecify.annotations.NullMarked;
