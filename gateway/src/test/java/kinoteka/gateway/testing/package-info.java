/** What the tests stand on: a gateway, a real upstream whose answers a test chooses, a raw socket, a scrape. */
@NullMarked
package kinoteka.gateway.testing;

import org.jspecify.annotations.NullMarked;
