/** The public servers: limits, deadlines, errors of connections, and responses to requests that cannot be decoded. */
@NullMarked
package kinoteka.gateway.transport;

import org.jspecify.annotations.NullMarked;
