/** What was asked of the library, how long it took and what came of it. */
@NullMarked
package kinoteka.people.notes;

import org.jspecify.annotations.NullMarked;
