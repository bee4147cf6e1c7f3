/** Who sends a request and what they may do: tokens are verified here, where the data is, and issued elsewhere. */
@NullMarked
package kinoteka.catalog.security;

import org.jspecify.annotations.NullMarked;
