package kinoteka.gateway.cache.coalescing;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import kinoteka.gateway.cache.coherence.Stamp;
import kinoteka.gateway.cache.coherence.Versions;
import kinoteka.gateway.cache.store.CacheKey;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;
import reactor.core.publisher.MonoSink;

/**
 * The calls in progress, by key. A request waits for a call only if nothing that the response depends on has changed since the call
 * began: otherwise it could get what it has itself overwritten. Thread-safe.
 */
public final class Flights<R> {

    private final Versions versions;
    private final int maxFlights;
    private final int maxWaiting;
    private final Map<CacheKey, Flight<R>> inProgress = new ConcurrentHashMap<>();

    /**
     * Creates an object without calls.
     *
     * @param maxFlights the number of calls that others can wait for
     * @param maxWaiting the number of requests that wait for one call
     */
    public Flights(Versions versions, int maxFlights, int maxWaiting) {
        this.versions = versions;
        this.maxFlights = maxFlights;
        this.maxWaiting = maxWaiting;
    }

    /**
     * Waits for the call in progress with this key, or begins one.
     *
     * @param stamp taken now
     * @param call the call, of which each subscription makes a new one
     */
    public Mono<Landing<R>> join(CacheKey key, Stamp stamp, Supplier<Mono<R>> call) {
        return Mono.create(sink -> board(key, stamp, call, sink));
    }

    private void board(CacheKey key, Stamp stamp, Supplier<Mono<R>> call, MonoSink<Landing<R>> sink) {
        while (true) {
            var current = inProgress.get(key);
            if (current != null && versions.isCurrent(current.stamp())) {
                switch (current.board(sink)) {
                    case WAITS -> {
                        return;
                    }
                    case FULL -> {
                        sink.success(new Landing<>(null, false));
                        return;
                    }
                    case ENDED -> {} // replaced below
                }
            }
            if (inProgress.size() >= maxFlights) {
                sink.success(new Landing<>(null, false));
                return;
            }
            var mine = begin(key, current, stamp, sink);
            if (mine != null) {
                mine.start(Mono.defer(call));
                return;
            }
        }
    }

    /** Returns null if another request was faster. */
    private @Nullable Flight<R> begin(
            CacheKey key, @Nullable Flight<R> current, Stamp stamp, MonoSink<Landing<R>> sink) {
        var flight = new Flight<R>(stamp, maxWaiting, ended -> inProgress.remove(key, ended));
        synchronized (flight) { // others find it only with this request on board
            var isMine = current == null
                    ? inProgress.putIfAbsent(key, flight) == null
                    : inProgress.replace(key, current, flight);
            if (!isMine) {
                return null;
            }
            flight.board(sink);
            return flight;
        }
    }

    /** The number of calls that others can wait for. */
    public int inProgress() {
        return inProgress.size();
    }
}
