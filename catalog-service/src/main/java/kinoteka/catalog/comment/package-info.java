/** Comments of customers on films and publications, and replies to them. */
@NullMarked
package kinoteka.catalog.comment;

import org.jspecify.annotations.NullMarked;
