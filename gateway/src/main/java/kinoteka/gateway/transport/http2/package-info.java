/** HTTP/2 connections: responses to malformed requests, the end of streams that were not read to their end, and GOAWAY. */
@NullMarked
package kinoteka.gateway.transport.http2;

import org.jspecify.annotations.NullMarked;
