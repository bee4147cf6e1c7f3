/** CORS: which origins' scripts may read responses in a browser (Fetch Standard, 3.2). */
@NullMarked
package kinoteka.gateway.cors;

import org.jspecify.annotations.NullMarked;
