package kinoteka.catalog.database;

import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.web.server.ServerWebExchange;

/**
 * Where lists are read, which may lag. Falls back to the primary when there is no replica that may be read.
 *
 * @param replica for statements whose result is read completely before it is written to the client
 * @param streams for results that are read as fast as the client takes them
 * @param primary for the same as {@code replica}, for the few requests that must not lag
 * @param primaryStreams for the same as {@code streams}, for the few requests that must not lag
 * @param choice chooses these requests
 */
public record ReplicaDatabase(
        DatabaseClient replica,
        StreamDatabase streams,
        DatabaseClient primary,
        StreamDatabase primaryStreams,
        ReadChoice choice) {

    /** Where the result for this request is read, if it is read completely before it is written to the client. */
    public DatabaseClient client(ServerWebExchange exchange) {
        return choice.requiresPrimary(exchange) || choice.isAheadOfReplicas(exchange) ? primary : replica;
    }

    /** Where the result for this request is read, if it is read as fast as the client takes it. It is never stored by a gateway. */
    public StreamDatabase streams(ServerWebExchange exchange) {
        return choice.isAheadOfReplicas(exchange) ? primaryStreams : streams;
    }
}
