/** An HTTP/1.1 connection to an instance: sends the request of a call, reads the response, and decides whether it may be reused. */
@NullMarked
package kinoteka.gateway.upstream.netty.connection;

import org.jspecify.annotations.NullMarked;
