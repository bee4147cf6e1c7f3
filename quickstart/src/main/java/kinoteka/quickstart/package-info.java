/** {@code make run}: starts a real PostgreSQL with sample data, and the two services as they run in production. */
@NullMarked
package kinoteka.quickstart;

import org.jspecify.annotations.NullMarked;
