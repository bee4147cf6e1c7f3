package kinoteka.gateway.cache.lookup;

import java.util.function.LongSupplier;
import kinoteka.gateway.cache.coherence.Versions;
import kinoteka.gateway.cache.store.CacheKey;
import kinoteka.gateway.cache.store.CacheRequest;
import kinoteka.gateway.cache.store.ResponseStore;
import kinoteka.gateway.cache.store.StoredResponse;
import org.jspecify.annotations.Nullable;

/** Finds stored responses, and decides whether a request may have them (RFC 9111, 4). */
public final class CacheLookup {

    private final ResponseStore store;
    private final Versions versions;
    private final LongSupplier maxAge;
    private final LongSupplier nanoClock;

    /**
     * Creates a lookup.
     *
     * @param maxAge the longest lifetime, in seconds
     */
    public CacheLookup(ResponseStore store, Versions versions, LongSupplier maxAge, LongSupplier nanoClock) {
        this.store = store;
        this.versions = versions;
        this.maxAge = maxAge;
        this.nanoClock = nanoClock;
    }

    /** Finds the response for a request. */
    public Found find(CacheRequest request) {
        var stored = store.find(request.key());
        if (stored == null) {
            return Found.NOTHING;
        }
        if (!versions.isCurrent(stored.stamp())) {
            return new Found(stored, null, Forward.STALE);
        }
        return judge(request, stored);
    }

    private Found judge(CacheRequest request, StoredResponse stored) {
        var wanted = request.directives();
        var age = stored.age(nanoClock.getAsLong());
        var remaining = lifetime(stored) - age;
        if (wanted.noCache() || age > wanted.maxAge()) {
            return new Found(stored, null, Forward.REQUEST);
        }
        if (remaining > 0) { // fresh as long as the lifetime is greater than the age (RFC 9111, 4.2)
            return remaining < wanted.minFresh()
                    ? new Found(stored, null, Forward.REQUEST)
                    : new Found(stored, CacheStatus.HIT, Forward.MISS);
        }
        return wanted.maxStale() > 0
                        && -remaining <= wanted.maxStale()
                        && wanted.minFresh() == 0
                        && !stored.directives().mustRevalidate()
                ? new Found(stored, CacheStatus.HIT_STALE, Forward.MISS)
                : new Found(stored, null, Forward.STALE);
    }

    /**
     * Whether a response, which no change has affected, may be sent because the catalogue fails (RFC 5861, 4): never after a change, and
     * never while changes are not received.
     */
    public boolean mayServeOnError(StoredResponse stored) {
        var directives = stored.directives();
        return versions.isCurrent(stored.stamp())
                && !directives.mustRevalidate()
                && stored.age(nanoClock.getAsLong()) - lifetime(stored) <= directives.staleIfError()
                && directives.staleIfError() > 0;
    }

    private long lifetime(StoredResponse stored) {
        return Math.min(stored.directives().lifetime(), maxAge.getAsLong());
    }

    public void store(CacheKey key, StoredResponse response) {
        store.put(key, response);
    }

    public long now() {
        return nanoClock.getAsLong();
    }

    /**
     * What was found.
     *
     * @param response null if nothing is stored
     * @param hit the status with which it may be sent; null if it may not
     * @param forward why the request is forwarded if it may not be sent
     */
    public record Found(
            @Nullable StoredResponse response, @Nullable CacheStatus hit, Forward forward) {

        static final Found NOTHING = new Found(null, null, Forward.MISS);
    }
}
