package kinoteka.catalog.database;

import org.springframework.web.server.ServerWebExchange;

/** Chooses the requests whose lists must not lag. */
public interface ReadChoice {

    /** Whether the response must be read from the primary; if so, it also states that it was. */
    boolean requiresPrimary(ServerWebExchange exchange);

    /** Whether the client has written something that is not known to have reached the replicas. */
    boolean isAheadOfReplicas(ServerWebExchange exchange);
}
