/** How a resource is made, changed and taken away. */
@NullMarked
package kinoteka.catalog.editing;

import org.jspecify.annotations.NullMarked;
