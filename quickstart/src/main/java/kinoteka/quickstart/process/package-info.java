/** The processes of the services: how they are started, how their output is shown, and how they are stopped in any case. */
@NullMarked
package kinoteka.quickstart.process;

import org.jspecify.annotations.NullMarked;
