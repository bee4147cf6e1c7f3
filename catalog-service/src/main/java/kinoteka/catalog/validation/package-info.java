/** Constraints on the values that clients send, where bean validation has none or counts differently. */
@NullMarked
package kinoteka.catalog.validation;

import org.jspecify.annotations.NullMarked;
