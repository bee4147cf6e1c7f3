/** The allow-list: requests to its endpoints are processed, and all others are rejected. */
@NullMarked
package kinoteka.gateway.routing;

import org.jspecify.annotations.NullMarked;
