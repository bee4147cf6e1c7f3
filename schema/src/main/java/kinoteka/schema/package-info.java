/** The database schema: its migrations, and the settings by which every program connects to it. */
@NullMarked
package kinoteka.schema;

import org.jspecify.annotations.NullMarked;
