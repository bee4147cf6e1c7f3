/** One record for each request: what arrived, where it went, how it ended. The metrics are written from it. */
@NullMarked
package kinoteka.gateway.request;

import org.jspecify.annotations.NullMarked;
