/** Every failure the catalogue answers with, as problem details (RFC 9457). */
@NullMarked
package kinoteka.catalog.problem;

import org.jspecify.annotations.NullMarked;
