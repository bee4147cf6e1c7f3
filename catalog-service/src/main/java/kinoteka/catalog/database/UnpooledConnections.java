package kinoteka.catalog.database;

import io.r2dbc.spi.ConnectionFactory;
import java.util.function.Function;

/**
 * Connections to the primary, whichever server that is, for who keeps one for itself.
 *
 * @param named makes them under a name that PostgreSQL shows
 */
public record UnpooledConnections(Function<String, ConnectionFactory> named) {}
