/** Lets through what the allow-list names and answers everything else with a refusal. */
@NullMarked
package kinoteka.gateway.routing;

import org.jspecify.annotations.NullMarked;
