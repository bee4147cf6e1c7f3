/** Holds the running system to its own document: requests made from it, right and wrong, and every answer compared with it. */
@NullMarked
package kinoteka.quickstart.contract;

import org.jspecify.annotations.NullMarked;
