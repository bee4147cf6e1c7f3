/** Where the catalogue runs: its instances, which of them can be sent requests, and whose turn it is. */
@NullMarked
package kinoteka.gateway.upstream.instance;

import org.jspecify.annotations.NullMarked;
