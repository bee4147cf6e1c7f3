/** Distributed tracing according to W3C Trace Context. */
@NullMarked
package kinoteka.gateway.trace;

import org.jspecify.annotations.NullMarked;
