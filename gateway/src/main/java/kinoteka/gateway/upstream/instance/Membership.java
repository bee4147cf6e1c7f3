package kinoteka.gateway.upstream.instance;

import java.net.URI;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;
import kinoteka.gateway.upstream.netty.NettyClient;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The instances in the configuration, and those that have been removed from it and are still needed. A removed instance is used until one of
 * the configured ones is healthy; then it drains: its calls and streams finish, and it gets no further ones. Thread-safe.
 */
final class Membership {

    private static final Logger LOG = LoggerFactory.getLogger(Membership.class);

    private final Consumer<URI> onRemoved;
    private List<Member> configured;
    private final List<Member> leaving = new ArrayList<>();
    private final List<Member> draining = new ArrayList<>();
    private volatile List<UpstreamInstance> used = List.of();

    /** @param onRemoved called when a removed instance has finished its last call */
    Membership(List<Member> configured, Consumer<URI> onRemoved) {
        this.configured = List.copyOf(configured);
        this.onRemoved = onRemoved;
        updateUsed();
    }

    /** The instances that may receive calls. */
    List<UpstreamInstance> used() {
        return used;
    }

    /** The clients of all instances, including those that drain. */
    synchronized List<NettyClient> clients() {
        return all().map(Member::client).toList();
    }

    /** Returns the instance with this URI; null if there is none, or if it has been removed and has finished its last call. */
    synchronized @Nullable Member find(URI uri) {
        return all().filter(member -> member.instance().uri().equals(uri))
                .findFirst()
                .orElse(null);
    }

    private Stream<Member> all() {
        return Stream.of(configured, leaving, draining).flatMap(List::stream);
    }

    /** Replaces the configured instances. Those that drain are used again if they are among the new ones. */
    synchronized void change(List<Member> next) {
        var removed = new LinkedHashSet<>(configured);
        removed.addAll(leaving);
        next.forEach(removed::remove);
        for (var member : next) {
            if (draining.remove(member)) {
                member.instance().requireHealthCheck();
                member.client().setRetired(false);
            }
        }
        configured = List.copyOf(next);
        leaving.clear();
        leaving.addAll(removed);
        updateUsed();
        if (!leaving.isEmpty() && !isAnyConfiguredHealthy()) {
            LOG.warn("catalogue {} is still used, because no instance in the configuration is healthy yet", leaving);
        }
    }

    /** Takes the steps that are possible now. Returns whether there will be further ones. */
    synchronized boolean advance() {
        if (!leaving.isEmpty() && isAnyConfiguredHealthy()) {
            for (var member : leaving) {
                LOG.info("catalogue {} is not used any more; its calls in progress finish", member);
                member.client().setRetired(true);
                draining.add(member);
            }
            leaving.clear();
            updateUsed();
        }
        for (var member : List.copyOf(draining)) {
            if (member.instance().inFlight() == 0 && member.client().isEmpty()) {
                LOG.info("catalogue {} is removed: it has finished its last call", member);
                draining.remove(member);
                onRemoved.accept(member.instance().uri());
            }
        }
        return !leaving.isEmpty() || !draining.isEmpty();
    }

    private boolean isAnyConfiguredHealthy() {
        return configured.stream()
                .map(Member::instance)
                .anyMatch(instance -> instance.isHealthy() && instance.isAvailable());
    }

    private void updateUsed() {
        used = Stream.concat(configured.stream(), leaving.stream())
                .map(Member::instance)
                .toList();
    }

    /** An instance and its connections. */
    record Member(UpstreamInstance instance, NettyClient client) {

        @Override
        public String toString() {
            return instance.toString();
        }
    }
}
