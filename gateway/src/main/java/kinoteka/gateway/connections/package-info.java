/** The connections of clients: how many there may be, which are open, and how they end when the gateway shuts down. */
@NullMarked
package kinoteka.gateway.connections;

import org.jspecify.annotations.NullMarked;
