/** Lists that are read page by page: what a client may ask for, and where the next page begins. */
@NullMarked
package kinoteka.catalog.listing;

import org.jspecify.annotations.NullMarked;
