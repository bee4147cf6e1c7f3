package kinoteka.catalog.editing;

import kinoteka.catalog.problem.Problem;
import kinoteka.catalog.representation.Editable;
import org.springframework.r2dbc.core.DatabaseClient;
import reactor.core.publisher.Mono;

/**
 * A resource that a request wants to replace, update or delete.
 *
 * @param name of the resource, for error messages
 * @param table the table that holds its row
 * @param id of that row
 * @param read reads the resource; empty if it does not exist, or if the caller must not learn that it exists
 */
public record Target<R extends Editable<?>>(String name, String table, long id, Mono<R> read) {

    /**
     * Locks the row until the transaction ends, then reads the resource. These are two statements, because a statement that
     * waits for a lock sees the new version of the locked row only: subqueries and joined tables of the same statement keep
     * the snapshot from before the wait (PostgreSQL, "Read Committed Isolation Level").
     */
    Mono<R> lockAndRead(DatabaseClient client) {
        return client.sql("select id from " + table + " where id = :id for update")
                .bind("id", id)
                .fetch()
                .one()
                .flatMap(locked -> read)
                .switchIfEmpty(Problem.notFound(name, id));
    }
}
