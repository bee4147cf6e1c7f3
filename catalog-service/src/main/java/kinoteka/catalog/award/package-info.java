/** Film awards that films and persons have won. */
@NullMarked
package kinoteka.catalog.award;

import org.jspecify.annotations.NullMarked;
