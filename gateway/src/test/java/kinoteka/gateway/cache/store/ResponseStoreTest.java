package kinoteka.gateway.cache.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.handler.codec.http.DefaultHttpHeaders;
import java.time.Instant;
import java.util.Objects;
import kinoteka.gateway.cache.coherence.Dependencies;
import kinoteka.gateway.cache.coherence.Stamp;
import kinoteka.gateway.cache.coherence.Versions;
import kinoteka.gateway.cache.directive.ResponseDirectives;
import kinoteka.gateway.routing.Endpoint;
import org.junit.jupiter.api.Test;
import org.springframework.util.unit.DataSize;

class ResponseStoreTest {

    private static final int BODY = 1000;

    private final ResponseStore store = new ResponseStore(DataSize.ofMegabytes(1));
    private final StoredResponse response = response();

    @Test
    void takesNoMoreMemoryThanItMay() {
        for (var i = 0; i < 10_000; i++) {
            store.put(key("/api/movie/" + i), response);
        }

        assertThat(store.bytes()).isLessThanOrEqualTo(DataSize.ofMegabytes(1).toBytes());
        assertThat(store.entries()).isBetween(300L, 1_000L);
        assertThat(store.evictions()).isEqualTo(10_000 - store.entries());
    }

    @Test
    void changesItsSize() {
        store.resize(DataSize.ofMegabytes(2));
        for (var i = 0; i < 10_000; i++) {
            store.put(key("/api/movie/" + i), response);
        }
        assertThat(store.bytes()).isBetween(1_900_000L, DataSize.ofMegabytes(2).toBytes());

        store.resize(DataSize.ofMegabytes(1));
        assertThat(store.bytes()).isLessThanOrEqualTo(DataSize.ofMegabytes(1).toBytes());
    }

    @Test
    void aClientThatAsksForEverythingOnceDoesNotReplaceWhatOthersUse() {
        var popular = 300;
        for (var round = 0; round < 5; round++) {
            for (var i = 0; i < popular; i++) {
                use("/api/movie/" + i);
            }
        }

        var hits = 0;
        for (var i = 0; i < 100_000; i++) {
            use("/api/movie?after=" + i);
            if (i % 10 == 0) {
                hits += use("/api/movie/" + i / 10 % popular) ? 1 : 0;
            }
        }

        assertThat(hits).as("of 10,000 requests for popular films").isGreaterThan(9_500);
    }

    /** Returns whether the response was stored before. */
    private boolean use(String target) {
        if (store.find(key(target)) != null) {
            return true;
        }
        store.put(key(target), response);
        return false;
    }

    private static CacheKey key(String target) {
        return new CacheKey(target, "");
    }

    private static StoredResponse response() {
        var headers =
                new DefaultHttpHeaders().set("Content-Type", "application/json").set("ETag", "\"1\"");
        return StoredResponse.of(
                200,
                headers,
                new byte[BODY],
                ResponseDirectives.of(200, headers),
                stamp(),
                new StoredResponse.Exchange(0, 0, Instant.EPOCH));
    }

    private static Stamp stamp() {
        var versions = new Versions();
        versions.setCaughtUp(true);
        var counters = Dependencies.of(Endpoint.MOVIES).counters("/api/movie", versions);
        return Objects.requireNonNull(versions.take(Objects.requireNonNull(counters)));
    }
}
