/** The short forms under which one thing names another. */
@NullMarked
package kinoteka.catalog.summary;

import org.jspecify.annotations.NullMarked;
