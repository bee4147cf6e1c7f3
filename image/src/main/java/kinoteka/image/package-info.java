/** Writes and pushes the images of the programs. */
@NullMarked
package kinoteka.image;

import org.jspecify.annotations.NullMarked;
