package kinoteka.catalog.database;

import org.springframework.r2dbc.core.DatabaseClient;

/**
 * Where lists are read, which may lag. Falls back to the primary when no replica answers.
 *
 * @param client for statements whose result is read completely before it is written to the client
 * @param streams for results that are read as fast as the client takes them
 */
public record ReplicaDatabase(DatabaseClient client, StreamDatabase streams) {}
