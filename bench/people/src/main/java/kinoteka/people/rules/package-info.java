/** Rules that must hold after a run, checked through the API and in the database. */
@NullMarked
package kinoteka.people.rules;

import org.jspecify.annotations.NullMarked;
