/** Reads of several resources of one kind, for gateways. */
@NullMarked
package kinoteka.catalog.batch;

import org.jspecify.annotations.NullMarked;
