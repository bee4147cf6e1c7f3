/** Clients that close their connection before they have received the whole response: recognized, counted, and not logged as failures. */
@NullMarked
package kinoteka.catalog.disconnect;

import org.jspecify.annotations.NullMarked;
