package kinoteka.gateway.cache.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class DoorkeeperTest {

    private final AtomicLong nanos = new AtomicLong();
    private final Doorkeeper doorkeeper = new Doorkeeper(Duration.ofMinutes(1), nanos::get);

    @Test
    void remembersAKeyForAWhile() {
        assertThat(doorkeeper.remembers(key("/a"))).isFalse();
        doorkeeper.remember(key("/a"));

        nanos.addAndGet(Duration.ofSeconds(59).toNanos());
        assertThat(doorkeeper.remembers(key("/a"))).isTrue();
        nanos.addAndGet(Duration.ofSeconds(1).toNanos());
        assertThat(doorkeeper.remembers(key("/a"))).isFalse();
    }

    @Test
    void doesNotConfuseKeysWithTheSameHash() {
        assertThat("Aa".hashCode()).isEqualTo("BB".hashCode());
        doorkeeper.remember(key("/Aa"));

        assertThat(doorkeeper.remembers(key("/BB"))).isFalse();
        assertThat(doorkeeper.remembers(new CacheKey("/Aa", "application/x-ndjson")))
                .isFalse();
    }

    @Test
    void doesNotRememberLongKeysBecauseItsMemoryIsLimited() {
        var key = key("/" + "a".repeat(500));
        doorkeeper.remember(key);

        assertThat(doorkeeper.remembers(key)).isFalse();
    }

    private static CacheKey key(String target) {
        return new CacheKey(target, "");
    }
}
