/** What is checked before a controller's method is called. */
@NullMarked
package kinoteka.catalog.handler;

import org.jspecify.annotations.NullMarked;
