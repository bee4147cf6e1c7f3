package kinoteka.catalog.listing;

import kinoteka.catalog.database.PrimaryDatabase;
import kinoteka.catalog.problem.Problem;
import org.springframework.r2dbc.core.DatabaseClient;
import reactor.core.publisher.Mono;

/**
 * A thing that has lists of its own: the list of something that does not exist is not empty but unknown.
 *
 * @param name in words
 * @param id positive
 */
public record Parent(String name, String existence, long id) {

    /** The column by which others refer to it. */
    public String column() {
        return name + "_id";
    }

    public static Parent movie(long id) {
        return new Parent("movie", "select true from movies where id = :id", id);
    }

    public static Parent publication(long id) {
        return new Parent("publication", "select true from publications where id = :id", id);
    }

    public static Parent customer(long id) {
        return new Parent("customer", "select true from customers where id = :id and deleted_at is null", id);
    }

    /** Completes empty, or fails where there is no such thing. */
    <T> Mono<T> requireExists(DatabaseClient client) {
        return requireExists(client, existence);
    }

    /** The same, and the thing stays there until the transaction ends. */
    public <T> Mono<T> requireExists(PrimaryDatabase database) {
        return requireExists(database.client(), existence + " for key share");
    }

    private <T> Mono<T> requireExists(DatabaseClient client, String question) {
        return client.sql(question)
                .bind("id", id)
                .map(row -> true)
                .one()
                .switchIfEmpty(Problem.notFound(name, id))
                .then(Mono.empty());
    }
}
