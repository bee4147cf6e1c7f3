/** Which headers cross the gateway, on the way to an upstream and back. */
@NullMarked
package kinoteka.gateway.headers;

import org.jspecify.annotations.NullMarked;
