/** What customers say of films and publications, and answer each other. */
@NullMarked
package kinoteka.catalog.comment;

import org.jspecify.annotations.NullMarked;
