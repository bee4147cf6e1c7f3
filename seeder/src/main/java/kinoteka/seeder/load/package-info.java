/** Fills tables, each in one transaction, and records in a ledger which ones are filled. */
@NullMarked
package kinoteka.seeder.load;

import org.jspecify.annotations.NullMarked;
