/** Hashing and verification of passwords, within limits. */
@NullMarked
package kinoteka.catalog.password;

import org.jspecify.annotations.NullMarked;
