/** The public port with TLS, beside the plain one, and the certificate that it shows. */
@NullMarked
package kinoteka.gateway.tls;

import org.jspecify.annotations.NullMarked;
