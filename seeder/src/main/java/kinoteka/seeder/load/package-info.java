/** Fills a table, or completes one, in one transaction; notes in a ledger what was done. */
@NullMarked
package kinoteka.seeder.load;

import org.jspecify.annotations.NullMarked;
