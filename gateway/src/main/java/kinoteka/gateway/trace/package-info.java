/** A request's place in a distributed trace: W3C Trace Context. */
@NullMarked
package kinoteka.gateway.trace;

import org.jspecify.annotations.NullMarked;
