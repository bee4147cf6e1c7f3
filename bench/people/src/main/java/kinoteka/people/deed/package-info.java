/** What people do in the library, each thing by itself at its own rate. */
@NullMarked
package kinoteka.people.deed;

import org.jspecify.annotations.NullMarked;
