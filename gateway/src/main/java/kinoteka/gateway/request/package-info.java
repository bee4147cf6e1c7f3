/** Keeps a record of each request, from which the metrics are updated when the request has ended. */
@NullMarked
package kinoteka.gateway.request;

import org.jspecify.annotations.NullMarked;
