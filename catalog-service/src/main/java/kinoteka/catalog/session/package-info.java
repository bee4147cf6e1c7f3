/** Viewing sessions: which customer watches which film since when. */
@NullMarked
package kinoteka.catalog.session;

import org.jspecify.annotations.NullMarked;
