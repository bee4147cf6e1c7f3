/** The scenarios that users run, each at its own rate, and the checks of their responses. */
@NullMarked
package kinoteka.people.scenario;

import org.jspecify.annotations.NullMarked;
