/** Token buckets for each client and group of requests, in this process and in bounded memory. */
@NullMarked
package kinoteka.gateway.ratelimit.bucket;

import org.jspecify.annotations.NullMarked;
