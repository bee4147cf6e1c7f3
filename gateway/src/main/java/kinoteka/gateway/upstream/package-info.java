/** The services behind the gateway: a bounded client, its time limits, and what their failures become. */
@NullMarked
package kinoteka.gateway.upstream;

import org.jspecify.annotations.NullMarked;
