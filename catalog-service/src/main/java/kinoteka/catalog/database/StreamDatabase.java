package kinoteka.catalog.database;

import kinoteka.catalog.database.pool.Transactions;
import org.springframework.r2dbc.core.DatabaseClient;

/**
 * Where long lists are read with a cursor, as fast as the client takes them. Its connections are its own, because a slow client
 * keeps one for as long as it reads.
 *
 * @param client for statements within a snapshot
 * @param snapshot lets several statements see one state of the data; read-only
 * @param admission limits how many of the connections one client may take
 */
public record StreamDatabase(DatabaseClient client, Transactions snapshot, StreamAdmission admission) {}
