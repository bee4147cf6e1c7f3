/** QUIC connections: when they end, if no request comes, or if the gateway shuts down. */
@NullMarked
package kinoteka.gateway.transport.http3.connection;

import org.jspecify.annotations.NullMarked;
