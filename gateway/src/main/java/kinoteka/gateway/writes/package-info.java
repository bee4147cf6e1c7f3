/** Read-your-writes: the catalogue is told how much of the database's log a client's read must contain. */
@NullMarked
package kinoteka.gateway.writes;

import org.jspecify.annotations.NullMarked;
