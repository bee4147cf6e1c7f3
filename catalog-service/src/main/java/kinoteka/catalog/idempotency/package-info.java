/** Retries of writes: a request that is repeated with the same {@code Idempotency-Key} is executed once. */
@NullMarked
package kinoteka.catalog.idempotency;

import org.jspecify.annotations.NullMarked;
