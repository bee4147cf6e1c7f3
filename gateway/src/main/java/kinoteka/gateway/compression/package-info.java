/** Compression of responses, as the client accepts it. */
@NullMarked
package kinoteka.gateway.compression;

import org.jspecify.annotations.NullMarked;
