/** HTTP/3: a server on UDP with the handler, the limits and the certificate of the HTTPS server (RFC 9114, RFC 9000). */
@NullMarked
package kinoteka.gateway.transport.http3;

import org.jspecify.annotations.NullMarked;
