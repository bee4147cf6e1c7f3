/** How the gateway leaves: told apart first, silent last. */
@NullMarked
package kinoteka.gateway.drain;

import org.jspecify.annotations.NullMarked;
