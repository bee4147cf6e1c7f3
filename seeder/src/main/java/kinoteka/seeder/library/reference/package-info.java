/** Reference tables, which have the same rows in a library of any size. */
@NullMarked
package kinoteka.seeder.library.reference;

import org.jspecify.annotations.NullMarked;
