/** Creating, updating and deleting resources: transactions, row locks and conditional requests. */
@NullMarked
package kinoteka.catalog.editing;

import org.jspecify.annotations.NullMarked;
