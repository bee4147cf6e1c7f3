/** The page on the operators' port that shows what the gateway is doing now. */
@NullMarked
package kinoteka.gateway.console;

import org.jspecify.annotations.NullMarked;
