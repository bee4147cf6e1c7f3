/** One command for a newcomer: a real PostgreSQL, sample data, then the two services as production runs them. */
@NullMarked
package kinoteka.quickstart;

import org.jspecify.annotations.NullMarked;
