/** The two endpoints that the gateway serves itself: the landing page and {@code /ping}. */
@NullMarked
package kinoteka.gateway.pages;

import org.jspecify.annotations.NullMarked;
