/** Keeps a record of each request, from which the metrics are updated and the access log is written when the request has ended. */
@NullMarked
package kinoteka.gateway.request;

import org.jspecify.annotations.NullMarked;
