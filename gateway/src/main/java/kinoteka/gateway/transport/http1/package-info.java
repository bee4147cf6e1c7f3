/**
 * HTTP/1.1 connections: the deadline for headers, responses to what cannot be decoded, and the end of a connection whose
 * request was not read to its end.
 */
@NullMarked
package kinoteka.gateway.transport.http1;

import org.jspecify.annotations.NullMarked;
