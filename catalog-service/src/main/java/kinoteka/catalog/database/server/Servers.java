package kinoteka.catalog.database.server;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Knows the role of each server from what it has said last, so that choosing one for a request costs no statement.
 *
 * <p>Invariant: a server counts as the primary for three check intervals after the question to which it replied that it is, and only
 * while no server with a later timeline is known. A former primary that was frozen or cut off is therefore not used any more when
 * another server is promoted, if a promotion takes longer than these three intervals and the response timeout. Thread-safe.
 */
final class Servers {

    private static final Logger LOG = LoggerFactory.getLogger(Servers.class);
    private static final int INTERVALS_OF_VALIDITY = 3;

    /** A cluster that was created again begins with the first timeline. */
    private static final Duration TIMELINE_MEMORY = Duration.ofMinutes(1);

    private final List<Server> all;
    private final Duration validity;
    private final Duration maxLag;
    private final LongSupplier nanoTime;
    private final PositionHistory history = new PositionHistory();
    private final AtomicInteger turn = new AtomicInteger();
    private volatile long latestTimeline;
    private volatile long latestTimelineAt;
    private @Nullable Server reported;

    /**
     * Creates the servers of a cluster, of which nothing is known yet.
     *
     * @param interval between two checks of a server
     * @param maxLag replicas that are further behind are not read
     * @param nanoTime nanoseconds from an arbitrary origin
     */
    Servers(List<Server> all, Duration interval, Duration maxLag, LongSupplier nanoTime) {
        this.all = List.copyOf(all);
        this.validity = interval.multipliedBy(INTERVALS_OF_VALIDITY);
        this.maxLag = maxLag;
        this.nanoTime = nanoTime;
    }

    List<Server> all() {
        return all;
    }

    /** The only server that may be written to, and read as the primary; empty while none is known. */
    Optional<Server> primary() {
        @Nullable Server found = null;
        var timeline = latestTimeline;
        for (var server : all) {
            var state = valid(server);
            if (state != null && state.isPrimary() && state.timeline() >= timeline) {
                found = server;
                timeline = state.timeline();
            }
        }
        return Optional.ofNullable(found);
    }

    /** One of the replicas that may be read, in turn; empty if there is none. */
    Optional<Server> replica() {
        var readable = all.stream().filter(this::isReadableReplica).toList();
        return readable.isEmpty()
                ? Optional.empty()
                : Optional.of(readable.get(Math.floorMod(turn.getAndIncrement(), readable.size())));
    }

    /** Whether this is a replica that responds, and is not further behind than allowed. */
    boolean isReadableReplica(Server server) {
        var state = valid(server);
        return state != null && !state.isPrimary() && history.isWithin(maxLag, state.position());
    }

    /** Whether there are replicas that may be read, and each had replayed the log up to this position when it was checked. */
    boolean haveReplayed(LogPosition position) {
        var readable = all.stream().filter(this::isReadableReplica).toList();
        return !readable.isEmpty() && readable.stream().allMatch(server -> hasReplayed(server, position));
    }

    private static boolean hasReplayed(Server server, LogPosition position) {
        var state = server.state();
        return state != null && state.position().includes(position);
    }

    boolean isPrimary(Server server) {
        return primary().filter(server::equals).isPresent();
    }

    /** Whether the server does not respond, or is a primary that was replaced. */
    boolean isLost(Server server) {
        var state = valid(server);
        return state == null || (state.isPrimary() && !isPrimary(server));
    }

    /** Whether no server responds at all, so that there is nothing to wait for. */
    boolean areAllUnreachable() {
        return all.stream().allMatch(Server::isUnreachable);
    }

    /** Takes note of what a server has said. */
    synchronized void onChecked(ServerState state) {
        if (state.isPrimary()) {
            if (state.timeline() > latestTimeline || !isTimelineRemembered()) {
                history.clear();
                latestTimeline = state.timeline();
            }
            if (state.timeline() == latestTimeline) {
                latestTimelineAt = state.checkedAt();
                history.add(state.position(), state.checkedAt());
            }
        }
        primary().filter(server -> !server.equals(reported)).ifPresent(server -> {
            LOG.info("The primary is {}, on timeline {}", server, latestTimeline);
            reported = server;
        });
    }

    private boolean isTimelineRemembered() {
        return nanoTime.getAsLong() - latestTimelineAt < TIMELINE_MEMORY.toNanos();
    }

    /** What the server has said; null if that is too long ago. */
    private @Nullable ServerState valid(Server server) {
        var state = server.state();
        return state != null && nanoTime.getAsLong() - state.checkedAt() < validity.toNanos() ? state : null;
    }
}
