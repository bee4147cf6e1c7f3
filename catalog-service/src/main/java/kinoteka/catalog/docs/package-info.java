/** A page to read the API on and to try it from. */
@NullMarked
package kinoteka.catalog.docs;

import org.jspecify.annotations.NullMarked;
