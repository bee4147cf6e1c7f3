/** The streams of an HTTP/3 connection, each of which is one request: checks, time limits, and how a stream ends. */
@NullMarked
package kinoteka.gateway.transport.http3.stream;

import org.jspecify.annotations.NullMarked;
