/** Applies changes of the configuration file while the gateway runs. */
@NullMarked
package kinoteka.gateway.reload;

import org.jspecify.annotations.NullMarked;
