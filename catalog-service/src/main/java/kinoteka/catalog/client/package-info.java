/** The client of a request, so that limits apply to each client alone, and gateways can be told from everybody else. */
@NullMarked
package kinoteka.catalog.client;

import org.jspecify.annotations.NullMarked;
