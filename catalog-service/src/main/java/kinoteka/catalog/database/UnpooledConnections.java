package kinoteka.catalog.database;

import java.util.function.Function;
import kinoteka.catalog.database.pool.ConnectionSource;

/**
 * Connections to the primary, whichever server that is, for who keeps one for itself.
 *
 * @param named makes them under a name that PostgreSQL shows
 */
public record UnpooledConnections(Function<String, ConnectionSource> named) {}
