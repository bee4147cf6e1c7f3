/** What requests carry: how strictly it is read, and how a part of a resource is changed. */
@NullMarked
package kinoteka.catalog.body;

import org.jspecify.annotations.NullMarked;
