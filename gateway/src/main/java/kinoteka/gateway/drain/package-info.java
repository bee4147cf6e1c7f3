/** Graceful shutdown: fail readiness, wait, stop accepting, finish open requests, exit. */
@NullMarked
package kinoteka.gateway.drain;

import org.jspecify.annotations.NullMarked;
