/** The instances of the catalogue: their health checks, and load balancing over them. */
@NullMarked
package kinoteka.gateway.upstream.instance;

import org.jspecify.annotations.NullMarked;
