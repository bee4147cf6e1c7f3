/** The users and the data that the scenarios choose from. */
@NullMarked
package kinoteka.people.testdata;

import org.jspecify.annotations.NullMarked;
