/** Redirects requests from HTTP to HTTPS. */
@NullMarked
package kinoteka.gateway.redirect;

import org.jspecify.annotations.NullMarked;
