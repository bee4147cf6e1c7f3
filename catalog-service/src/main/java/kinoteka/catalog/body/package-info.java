/** Bodies of requests: how strictly JSON is read, and how a patch is applied. */
@NullMarked
package kinoteka.catalog.body;

import org.jspecify.annotations.NullMarked;
