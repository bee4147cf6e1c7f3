/** The short forms under which one thing names another. */
@NullMarked
package kinoteka.catalog.heading;

import org.jspecify.annotations.NullMarked;
