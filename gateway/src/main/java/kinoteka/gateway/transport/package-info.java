/** The socket the clients talk to: its limits and deadlines, and an answer to what cannot be decoded. */
@NullMarked
package kinoteka.gateway.transport;

import org.jspecify.annotations.NullMarked;
