/** Serialization of resources as JSON or NDJSON: lists as streams, single resources with a strong entity tag. */
@NullMarked
package kinoteka.catalog.representation;

import org.jspecify.annotations.NullMarked;
