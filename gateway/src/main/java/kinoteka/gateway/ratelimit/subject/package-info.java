/** The subjects of tokens, as the catalogue has verified them. */
@NullMarked
package kinoteka.gateway.ratelimit.subject;

import org.jspecify.annotations.NullMarked;
