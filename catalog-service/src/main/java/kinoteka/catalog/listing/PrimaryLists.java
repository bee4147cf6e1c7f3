package kinoteka.catalog.listing;

import java.util.List;
import kinoteka.catalog.client.PrimaryReads;
import kinoteka.catalog.database.ReadChoice;
import kinoteka.catalog.database.request.DisconnectFilter;
import kinoteka.catalog.database.server.Cluster;
import kinoteka.catalog.database.server.LogPosition;
import kinoteka.catalog.problem.InvalidField;
import kinoteka.catalog.problem.Problem;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import org.springframework.web.server.ServerWebExchange;

/**
 * Has those lists read from the primary that a gateway is going to store, and those of clients that have written something which the
 * replicas are not known to contain yet.
 */
@Component
class PrimaryLists implements ReadChoice {

    private final PrimaryReads reads;
    private final Cluster cluster;

    PrimaryLists(PrimaryReads reads, Cluster cluster) {
        this.reads = reads;
        this.cluster = cluster;
    }

    @Override
    public boolean requiresPrimary(ServerWebExchange exchange) {
        if (!reads.isRequested(exchange.getRequest().getHeaders())) {
            return false;
        }
        reads.state(exchange.getResponse().getHeaders());
        return true;
    }

    @Override
    public boolean isAheadOfReplicas(ServerWebExchange exchange) {
        @Nullable String text = exchange.getRequest().getHeaders().getFirst(DisconnectFilter.POSITION);
        return text != null && !cluster.haveReplayed(position(text));
    }

    private static LogPosition position(String text) {
        return LogPosition.parse(text)
                .orElseThrow(() -> Problem.PARAMETER_INVALID.exception(
                        "The position was not in the response to a write.",
                        List.of(new InvalidField(DisconnectFilter.POSITION, "expected: for example 16/B374D848"))));
    }
}
