/** The content codings gzip, br and zstd, as streams that can be flushed. */
@NullMarked
package kinoteka.gateway.compression.codec;

import org.jspecify.annotations.NullMarked;
