package kinoteka.catalog.changes;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.Map;
import kinoteka.catalog.client.Client;
import kinoteka.catalog.problem.Problem;
import kinoteka.catalog.problem.ProblemException;
import org.springframework.stereotype.Component;

/**
 * Limits the number of open streams: of each client, so that one client cannot take the slots of the others; of all clients
 * together, so that some slots are left for gateways; and of all.
 */
@Component
class ListenerSlots {

    private final ChangesSettings settings;
    private final MeterRegistry metrics;
    private final Map<Client, Integer> byClient = new HashMap<>();
    private final Map<Client.Kind, Integer> byKind = new EnumMap<>(Client.Kind.class);

    ListenerSlots(ChangesSettings settings, MeterRegistry metrics) {
        this.settings = settings;
        this.metrics = metrics;
        for (var kind : Client.Kind.values()) {
            Gauge.builder("changes.listeners", this, slots -> slots.open(kind))
                    .description("Open streams of changes")
                    .tag("client", kind.label())
                    .register(metrics);
        }
        Gauge.builder("changes.clients", this, ListenerSlots::clients)
                .description("Clients with open streams of changes")
                .register(metrics);
    }

    /** Takes a slot, which must be released exactly once. Fails when the client, or all together, have no more. */
    synchronized Client acquire(Client client) {
        if (!client.isGateway() && byClient.getOrDefault(client, 0) >= settings.maxListenersPerClient()) {
            throw reject(
                    client,
                    "client",
                    Problem.TOO_MANY_STREAMS,
                    "The client has " + settings.maxListenersPerClient()
                            + " open streams of changes, which is the maximum for one client.");
        }
        if (hasNoneLeft(client)) {
            throw reject(client, "all", Problem.OVERLOADED, "The maximum of open streams of changes is reached.");
        }
        byClient.merge(client, 1, Integer::sum);
        byKind.merge(client.kind(), 1, Integer::sum);
        return client;
    }

    synchronized void release(Client client) {
        byClient.computeIfPresent(client, (same, open) -> open == 1 ? null : open - 1);
        byKind.merge(client.kind(), -1, Integer::sum);
    }

    private boolean hasNoneLeft(Client client) {
        var gateways = open(Client.Kind.GATEWAY);
        var others = open(Client.Kind.ANONYMOUS) + open(Client.Kind.AUTHENTICATED);
        return gateways + others >= settings.maxListeners()
                || (!client.isGateway() && others >= settings.maxPublicListeners());
    }

    private ProblemException reject(Client client, String limit, Problem problem, String detail) {
        metrics.counter("changes.listeners.rejected", "client", client.kind().label(), "limit", limit)
                .increment();
        return problem.exception(detail);
    }

    private synchronized int open(Client.Kind kind) {
        return byKind.getOrDefault(kind, 0);
    }

    private synchronized int clients() {
        return byClient.size();
    }
}
