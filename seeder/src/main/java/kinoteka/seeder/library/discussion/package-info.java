/** Publications, comments and ratings of customers. */
@NullMarked
package kinoteka.seeder.library.discussion;

import org.jspecify.annotations.NullMarked;
