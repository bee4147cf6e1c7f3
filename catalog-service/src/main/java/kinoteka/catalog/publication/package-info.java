/** News, reviews and announcements that customers write. */
@NullMarked
package kinoteka.catalog.publication;

import org.jspecify.annotations.NullMarked;
