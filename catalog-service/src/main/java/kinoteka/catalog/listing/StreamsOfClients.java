package kinoteka.catalog.listing;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import kinoteka.catalog.client.Client;
import kinoteka.catalog.client.Clients;
import kinoteka.catalog.database.DatabaseSettings;
import kinoteka.catalog.database.StreamAdmission;
import kinoteka.catalog.problem.Problem;
import org.springframework.stereotype.Component;
import org.springframework.web.server.ServerWebExchange;
import reactor.core.publisher.Flux;

/** Counts the long lists that each client reads at the moment, and rejects those beyond the limit of one client. */
@Component
class StreamsOfClients implements StreamAdmission {

    private final Clients clients;
    private final int maxPerClient;
    private final Map<Client, Integer> streams = new ConcurrentHashMap<>();
    private final Counter rejected;

    StreamsOfClients(Clients clients, DatabaseSettings settings, MeterRegistry metrics) {
        this.clients = clients;
        this.maxPerClient = settings.streams().maxPerClient();
        Gauge.builder("lists.streaming.clients", streams, Map::size)
                .description("Clients that read long lists at the moment")
                .register(metrics);
        this.rejected = Counter.builder("lists.streaming.rejected")
                .description("Long lists that were rejected because the client reads as many as it may")
                .register(metrics);
    }

    @Override
    public <T> Flux<T> admit(ServerWebExchange exchange, Flux<T> stream) {
        return clients.of(exchange)
                .flatMapMany(client -> Flux.defer(() -> {
                    if (!add(client)) {
                        rejected.increment();
                        throw Problem.TOO_MANY_STREAMS.exception(
                                "The client reads %d long lists already. Lists with a limit up to 1000 are not affected."
                                        .formatted(maxPerClient));
                    }
                    return stream.doFinally(signal -> remove(client));
                }));
    }

    private boolean add(Client client) {
        var added = new boolean[1];
        streams.compute(client, (key, count) -> {
            var now = count == null ? 0 : count;
            added[0] = now < maxPerClient;
            return added[0] ? Integer.valueOf(now + 1) : count;
        });
        return added[0];
    }

    private void remove(Client client) {
        streams.computeIfPresent(client, (key, count) -> count == 1 ? null : count - 1);
    }
}
