/** Who uses the library, and what they know of it. */
@NullMarked
package kinoteka.people.crowd;

import org.jspecify.annotations.NullMarked;
