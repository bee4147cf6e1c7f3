package kinoteka.catalog.database;

import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.transaction.reactive.TransactionalOperator;

/**
 * Where lists are read, which may lag. Falls back to the primary when no replica answers.
 *
 * @param client for single statements
 * @param snapshot lets several statements see one state of the data; read-only
 */
public record ReplicaDatabase(DatabaseClient client, TransactionalOperator snapshot) {}
