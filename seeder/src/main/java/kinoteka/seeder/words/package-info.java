/** Names and titles of the made-up library, Russian and English. */
@NullMarked
package kinoteka.seeder.words;

import org.jspecify.annotations.NullMarked;
