/** The metrics of requests, and the endpoint that Prometheus scrapes. */
@NullMarked
package kinoteka.gateway.metrics;

import org.jspecify.annotations.NullMarked;
