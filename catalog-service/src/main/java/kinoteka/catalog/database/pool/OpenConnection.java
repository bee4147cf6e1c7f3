package kinoteka.catalog.database.pool;

import io.r2dbc.spi.Connection;

/**
 * A connection to a server.
 *
 * @param server what is known of the server, now and later
 */
public record OpenConnection(Connection connection, ServerHealth server) {}
