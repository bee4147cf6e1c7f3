/** JSON Schemas of the records that the API reads and writes, with descriptions and examples. */
@NullMarked
package kinoteka.catalog.openapi.schema;

import org.jspecify.annotations.NullMarked;
