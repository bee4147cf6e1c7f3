/** The API as its clients see it. */
@NullMarked
package kinoteka.people.library;

import org.jspecify.annotations.NullMarked;
