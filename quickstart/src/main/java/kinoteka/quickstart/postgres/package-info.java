/** A real PostgreSQL server that needs no installation: its binaries are unpacked, and its data is in one directory. */
@NullMarked
package kinoteka.quickstart.postgres;

import org.jspecify.annotations.NullMarked;
