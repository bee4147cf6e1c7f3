/** The access log: one line for each request, written by a thread of its own and never waited for. */
@NullMarked
package kinoteka.gateway.log;

import org.jspecify.annotations.NullMarked;
