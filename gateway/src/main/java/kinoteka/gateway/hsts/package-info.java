/** HTTP Strict Transport Security: browsers use HTTPS only (RFC 6797). */
@NullMarked
package kinoteka.gateway.hsts;

import org.jspecify.annotations.NullMarked;
