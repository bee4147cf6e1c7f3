/** How resources are written: as JSON or NDJSON, lists as streams, single ones with a strong ETag. */
@NullMarked
package kinoteka.catalog.representation;

import org.jspecify.annotations.NullMarked;
