/** The problems that the gateway reports to clients, and their responses (RFC 9457). */
@NullMarked
package kinoteka.gateway.problem;

import org.jspecify.annotations.NullMarked;
