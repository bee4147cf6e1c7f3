/** The short forms in which resources refer to each other. */
@NullMarked
package kinoteka.catalog.summary;

import org.jspecify.annotations.NullMarked;
