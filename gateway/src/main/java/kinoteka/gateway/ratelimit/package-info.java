/** Limits how many requests one client may send, so that it leaves enough of the library to the others. */
@NullMarked
package kinoteka.gateway.ratelimit;

import org.jspecify.annotations.NullMarked;
