/** A client of the library's public API. */
@NullMarked
package kinoteka.people.api;

import org.jspecify.annotations.NullMarked;
