package kinoteka.catalog.database;

import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.transaction.reactive.TransactionalOperator;

/**
 * Where writes go, and reads that must see them.
 *
 * @param client for single statements
 * @param transaction makes several statements succeed or fail as one
 */
public record PrimaryDatabase(DatabaseClient client, TransactionalOperator transaction) {}
