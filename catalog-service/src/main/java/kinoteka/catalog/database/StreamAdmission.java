package kinoteka.catalog.database;

import org.springframework.web.server.ServerWebExchange;
import reactor.core.publisher.Flux;

/** Decides whether a client may read one more stream, so that no client takes all connections of the pool for streams. */
@FunctionalInterface
public interface StreamAdmission {

    /** The same stream, which fails where the client reads as many as it may. */
    <T> Flux<T> admit(ServerWebExchange exchange, Flux<T> stream);
}
