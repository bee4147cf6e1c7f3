package kinoteka.catalog.batch;

import java.util.Set;
import org.springframework.http.HttpHeaders;
import reactor.core.publisher.Flux;

/**
 * Public resources of one kind, of which several are read with one statement.
 *
 * @param <R> what is sent for a resource
 */
public interface BatchSource<R extends Record> {

    /** The last segment of the path, such as {@code movie}. */
    String name();

    /** Returns those of these that exist, in any order, from the primary. */
    Flux<R> findByIds(Set<Long> ids);

    /** Returns the id of a resource. */
    long id(R resource);

    /** Adds the headers that reads of these resources have in addition to those that all reads have. */
    default void addHeaders(HttpHeaders response) {}
}
