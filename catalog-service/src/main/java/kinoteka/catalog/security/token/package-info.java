/** Verifies tokens: which keys may sign them, where those keys come from, and which claims they must have. */
@NullMarked
package kinoteka.catalog.security.token;

import org.jspecify.annotations.NullMarked;
