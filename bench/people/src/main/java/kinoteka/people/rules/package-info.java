/** What must hold after a run, asked of the API and of the database. */
@NullMarked
package kinoteka.people.rules;

import org.jspecify.annotations.NullMarked;
