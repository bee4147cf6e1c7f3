/** The API's document, OpenAPI 3.1: read from the controllers, their records and what the source says of them. */
@NullMarked
package kinoteka.catalog.openapi;

import org.jspecify.annotations.NullMarked;
