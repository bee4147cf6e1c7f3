/** What the gateway answers itself: a landing page and a ping. */
@NullMarked
package kinoteka.gateway.pages;

import org.jspecify.annotations.NullMarked;
