/** News, reviews and announcements by customers. */
@NullMarked
package kinoteka.catalog.publication;

import org.jspecify.annotations.NullMarked;
