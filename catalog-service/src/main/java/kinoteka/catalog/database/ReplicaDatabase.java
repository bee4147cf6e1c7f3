package kinoteka.catalog.database;

import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.web.server.ServerWebExchange;

/**
 * Where lists are read, which may lag. Falls back to the primary when no replica answers.
 *
 * @param replica for statements whose result is read completely before it is written to the client
 * @param streams for results that are read as fast as the client takes them
 * @param primary for the same as {@code replica}, for the few requests that must not lag
 * @param choice chooses these requests
 */
public record ReplicaDatabase(
        DatabaseClient replica, StreamDatabase streams, DatabaseClient primary, ReadChoice choice) {

    /** Where the result for this request is read, if it is read completely before it is written to the client. */
    public DatabaseClient client(ServerWebExchange exchange) {
        return choice.requiresPrimary(exchange) ? primary : replica;
    }
}
