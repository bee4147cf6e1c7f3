/** One connection to an instance, over HTTP/1.1: sends the request of a call, reads its response, and knows when it may be used again. */
@NullMarked
package kinoteka.gateway.upstream.netty.connection;

import org.jspecify.annotations.NullMarked;
