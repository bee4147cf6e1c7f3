/** The headers that are forwarded, in requests to the catalogue and in its responses. */
@NullMarked
package kinoteka.gateway.headers;

import org.jspecify.annotations.NullMarked;
