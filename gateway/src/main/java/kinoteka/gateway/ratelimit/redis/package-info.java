/** Counts the requests of several gateways together, in Redis. */
@NullMarked
package kinoteka.gateway.ratelimit.redis;

import org.jspecify.annotations.NullMarked;
