/** A real PostgreSQL without an installation: unpacked, set up in a folder, started and stopped. */
@NullMarked
package kinoteka.quickstart.postgres;

import org.jspecify.annotations.NullMarked;
