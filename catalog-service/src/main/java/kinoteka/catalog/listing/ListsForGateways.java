package kinoteka.catalog.listing;

import kinoteka.catalog.client.PrimaryReads;
import kinoteka.catalog.database.ReadChoice;
import org.springframework.stereotype.Component;
import org.springframework.web.server.ServerWebExchange;

/** Has those lists read from the primary that a gateway is going to store. */
@Component
class ListsForGateways implements ReadChoice {

    private final PrimaryReads reads;

    ListsForGateways(PrimaryReads reads) {
        this.reads = reads;
    }

    @Override
    public boolean requiresPrimary(ServerWebExchange exchange) {
        if (!reads.isRequested(exchange.getRequest().getHeaders())) {
            return false;
        }
        reads.state(exchange.getResponse().getHeaders());
        return true;
    }
}
