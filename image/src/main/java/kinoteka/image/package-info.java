/** The images of the services: what is in them, and the writing of them. */
@NullMarked
package kinoteka.image;

import org.jspecify.annotations.NullMarked;
