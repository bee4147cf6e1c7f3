/** Names, titles and texts of the generated library, in Russian and English. */
@NullMarked
package kinoteka.seeder.words;

import org.jspecify.annotations.NullMarked;
