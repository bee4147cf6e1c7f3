/** What must not happen twice, however often it is asked for. */
@NullMarked
package kinoteka.catalog.idempotency;

import org.jspecify.annotations.NullMarked;
