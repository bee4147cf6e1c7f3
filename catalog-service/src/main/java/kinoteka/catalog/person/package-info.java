/** Persons who make films. */
@NullMarked
package kinoteka.catalog.person;

import org.jspecify.annotations.NullMarked;
