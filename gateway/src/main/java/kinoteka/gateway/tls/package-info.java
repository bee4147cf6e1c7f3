/** HTTPS: the public server with TLS and its certificate, which is replaced without a restart. */
@NullMarked
package kinoteka.gateway.tls;

import org.jspecify.annotations.NullMarked;
