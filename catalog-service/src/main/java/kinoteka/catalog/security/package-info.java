/** Who sends a request and what they may do. Tokens are verified in the package {@code token}, and issued elsewhere. */
@NullMarked
package kinoteka.catalog.security;

import org.jspecify.annotations.NullMarked;
