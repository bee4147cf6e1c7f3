/** Every failure a client may be told of, and how it is told: RFC 9457. */
@NullMarked
package kinoteka.gateway.problem;

import org.jspecify.annotations.NullMarked;
