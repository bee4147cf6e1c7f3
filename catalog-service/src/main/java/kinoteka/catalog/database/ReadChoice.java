package kinoteka.catalog.database;

import org.springframework.web.server.ServerWebExchange;

/** Chooses the requests whose lists must not lag. */
@FunctionalInterface
public interface ReadChoice {

    /** Whether the response must be read from the primary; if so, it also states that it was. */
    boolean requiresPrimary(ServerWebExchange exchange);
}
