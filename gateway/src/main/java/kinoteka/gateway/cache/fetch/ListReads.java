package kinoteka.gateway.cache.fetch;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntSupplier;
import kinoteka.gateway.cache.coherence.Dependencies;
import kinoteka.gateway.cache.coherence.Writes;
import kinoteka.gateway.cache.store.CacheKey;
import kinoteka.gateway.cache.store.Doorkeeper;
import kinoteka.gateway.upstream.Upstream;
import kinoteka.gateway.upstream.UpstreamRequest;
import kinoteka.gateway.upstream.UpstreamResponse;
import reactor.core.publisher.Mono;

/**
 * Decides which lists are read from the primary. Lists normally come from replicas, which may be behind; one that is to be stored must
 * not, nor should one be that is read just after a write. The primary must not get the reads of all lists: a list is stored when it is
 * requested for the second time within a minute, and the number of such reads at the same time is limited. Thread-safe.
 */
public final class ListReads {

    private final Doorkeeper requested;
    private final Doorkeeper unstorable;
    private final Writes writes;
    private final IntSupplier limit;
    private final AtomicInteger taken = new AtomicInteger();

    /**
     * Creates an object that has not seen any requests.
     *
     * @param requested remembers the lists that were requested
     * @param unstorable remembers the lists that cannot be stored
     * @param limit the number of lists that are read from the primary at the same time
     */
    public ListReads(Doorkeeper requested, Doorkeeper unstorable, Writes writes, IntSupplier limit) {
        this.requested = requested;
        this.unstorable = unstorable;
        this.writes = writes;
        this.limit = limit;
    }

    /** Whether this list should be fetched to be stored. */
    public boolean mayBeStored(CacheKey key, Dependencies dependencies) {
        var again = requested.remembers(key);
        requested.remember(key);
        return (again || writes.isRecent(dependencies)) && !unstorable.remembers(key) && taken.get() < limit.getAsInt();
    }

    /** Remembers that the response with this key is too long, or must not be stored. */
    public void rememberUnstorable(CacheKey key) {
        unstorable.remember(key);
    }

    /** Returns the call, which takes a slot if it reads a list; without a slot, it is empty. */
    public <T> Mono<T> limit(Dependencies dependencies, Mono<T> call) {
        if (!dependencies.isList()) {
            return call;
        }
        return Mono.defer(() -> tryTake() ? call.doFinally(end -> taken.decrementAndGet()) : Mono.empty());
    }

    private boolean tryTake() {
        if (taken.incrementAndGet() <= limit.getAsInt()) {
            return true;
        }
        taken.decrementAndGet();
        return false;
    }

    /** Calls the catalogue for a response that is not stored; for a list after a recent write, from the primary if there is a slot. */
    public Mono<UpstreamResponse> read(UpstreamRequest request, Dependencies dependencies, Upstream next) {
        return dependencies.isList() && writes.isRecent(dependencies)
                ? limit(dependencies, next.call(request.withHeaders(PrimaryReads.request(request.headers()))))
                        .switchIfEmpty(Mono.defer(() -> next.call(request)))
                : next.call(request);
    }
}
