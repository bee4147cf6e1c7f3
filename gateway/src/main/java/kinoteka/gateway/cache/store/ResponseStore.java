package kinoteka.gateway.cache.store;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.RemovalCause;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;
import org.springframework.util.unit.DataSize;

/**
 * The stored responses, limited by the memory that they take. Caffeine admits a new response only if its key is requested more often than
 * those that it would replace (TinyLFU), so that a client that requests many different targets once does not replace what others use.
 * Thread-safe.
 */
public final class ResponseStore {

    private final Cache<CacheKey, StoredResponse> responses;
    private final LongAdder evictions = new LongAdder();

    /**
     * Creates an empty store.
     *
     * @param size the sum of the weights
     */
    public ResponseStore(DataSize size) {
        this.responses = Caffeine.newBuilder()
                .maximumWeight(size.toBytes())
                .weigher((CacheKey key, StoredResponse response) -> response.weight(key))
                .executor(Runnable::run) // the upkeep is short, and event loops must not wait for a common pool
                .evictionListener(
                        (@Nullable Object key, @Nullable Object response, RemovalCause cause) -> evictions.increment())
                .build();
    }

    /** Changes the sum of the weights. If it is exceeded, the responses that are requested least are removed at once. */
    public void resize(DataSize size) {
        responses.policy().eviction().orElseThrow().setMaximum(size.toBytes());
    }

    /** Returns a stored response, which may be stale; null if there is none. */
    public @Nullable StoredResponse find(CacheKey key) {
        return responses.getIfPresent(key);
    }

    public void put(CacheKey key, StoredResponse response) {
        responses.put(key, response);
    }

    /** The number of stored responses, approximately, and including stale ones. */
    public long entries() {
        return responses.estimatedSize();
    }

    /** The memory that the stored responses take, in bytes, estimated. */
    public long bytes() {
        return responses.policy().eviction().orElseThrow().weightedSize().orElse(0);
    }

    /** The number of responses that were removed because others were requested more often. */
    public long evictions() {
        return evictions.sum();
    }
}
