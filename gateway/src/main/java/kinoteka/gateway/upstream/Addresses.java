package kinoteka.gateway.upstream;

import io.prometheus.metrics.core.metrics.GaugeWithCallback;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.springframework.stereotype.Component;

/** Everywhere the catalogue may be. Requests go round the addresses that answer, {@link Probe} says which those are. */
@Component
public class Addresses {

    private final List<Address> all;
    private final AtomicInteger turn = new AtomicInteger();

    Addresses(UpstreamSettings settings, PrometheusRegistry registry) {
        all = settings.catalogue().stream()
                .map(uri -> new Address(uri, settings.probe().failures()))
                .toList();
        GaugeWithCallback.builder()
                .name("upstream_up")
                .help("Whether the catalogue answers at this address: 1 or 0.")
                .labelNames("upstream", "address")
                .callback(gauge ->
                        all.forEach(address -> gauge.call(address.isUp() ? 1 : 0, "catalogue", address.toString())))
                .register(registry);
    }

    /** Whether any of them answers. */
    public boolean isAnyUp() {
        return all.stream().anyMatch(Address::isUp);
    }

    List<Address> all() {
        return all;
    }

    /** Those to try for one request, in this order: where none seems to answer all of them, for what is known may be old. */
    List<Address> inTurn() {
        if (all.size() == 1) {
            return all;
        }
        var first = Math.floorMod(turn.getAndIncrement(), all.size());
        var inTurn = new ArrayList<Address>(all.size());
        for (int i = 0; i < all.size(); i++) {
            var address = all.get((first + i) % all.size());
            if (address.isUp()) {
                inTurn.add(address);
            }
        }
        return inTurn.isEmpty() ? all : inTurn;
    }
}
