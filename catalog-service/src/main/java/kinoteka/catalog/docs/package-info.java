/** The page {@code /docs}: Swagger UI, which shows the OpenAPI document and sends requests from the browser. */
@NullMarked
package kinoteka.catalog.docs;

import org.jspecify.annotations.NullMarked;
