/** What the made-up library holds: every row follows from the random seed and its id, and from the ids that it refers to. */
@NullMarked
package kinoteka.seeder.library;

import org.jspecify.annotations.NullMarked;
