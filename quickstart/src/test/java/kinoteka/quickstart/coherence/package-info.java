/** What {@code CacheCoherenceIT} writes, reads and cuts. */
@NullMarked
package kinoteka.quickstart.coherence;

import org.jspecify.annotations.NullMarked;
