/** A collector of spans for the tests of the other modules. */
@NullMarked
package kinoteka.collector;

import org.jspecify.annotations.NullMarked;
