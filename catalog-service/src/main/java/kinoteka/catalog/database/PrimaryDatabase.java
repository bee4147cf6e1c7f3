package kinoteka.catalog.database;

import kinoteka.catalog.database.pool.Transactions;
import org.springframework.r2dbc.core.DatabaseClient;

/**
 * Where writes go, and reads that must see them.
 *
 * @param client for single statements
 * @param transaction makes several statements succeed or fail as one
 */
public record PrimaryDatabase(DatabaseClient client, Transactions transaction) {}
