/** The OpenAPI document: read from the controllers, their records, the constraints of these and their Javadoc. */
@NullMarked
package kinoteka.catalog.openapi;

import org.jspecify.annotations.NullMarked;
