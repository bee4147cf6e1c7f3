/**
 * Load as people make it. {@code library} is the API as its clients see it, {@code crowd} who uses it and what they know of
 * it, {@code deed} what they do there, {@code notes} what came of it, {@code rules} what must hold afterwards and
 * {@code report} what is shown of it all.
 */
@NullMarked
package kinoteka.people;

import org.jspecify.annotations.NullMarked;
