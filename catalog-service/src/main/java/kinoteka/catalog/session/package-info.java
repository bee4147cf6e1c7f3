/** Viewing sessions: who watches what, since when. */
@NullMarked
package kinoteka.catalog.session;

import org.jspecify.annotations.NullMarked;
