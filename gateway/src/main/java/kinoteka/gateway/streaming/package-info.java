/** Bodies on their way through: counted going in, passed on at once coming out. */
@NullMarked
package kinoteka.gateway.streaming;

import org.jspecify.annotations.NullMarked;
