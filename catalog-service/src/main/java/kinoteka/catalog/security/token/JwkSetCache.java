package kinoteka.catalog.security.token;

import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKSelector;
import com.nimbusds.jose.jwk.JWKSet;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.DoubleSupplier;
import org.jspecify.annotations.Nullable;
import org.springframework.context.SmartLifecycle;
import reactor.core.Disposable;
import reactor.core.Disposables;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;

/**
 * The issuer's keys in memory. They are fetched again at an interval, in the background, and when a token names a key that is
 * not among them; they are never used beyond their maximum age. There is one fetch at a time, and every request that needs its
 * result waits for the same one. While fetches fail, requests cause none: they fail at once, and a backoff decides when the
 * next fetch is.
 *
 * <p>Nimbus has a cache with the same rules, {@code JWKSourceBuilder}, which blocks the thread of the request.
 */
final class JwkSetCache implements VerificationKeys, SmartLifecycle {

    private final Mono<List<JWK>> fetch;
    private final TokenSettings.Jwks settings;
    private final Scheduler timer;
    private final Backoff backoff;
    private final FetchReport report;
    private volatile Known known;
    private @Nullable Mono<Known> running; // guarded by this
    private Disposable refreshing = Disposables.disposed();

    /**
     * What is known after the latest attempt to fetch. Times are nanoseconds of the timer.
     *
     * @param keys empty before the first successful fetch
     * @param fetchedAt when the keys were fetched; null before the first successful fetch
     * @param nextRefresh when the next fetch in the background is due
     * @param nextOnDemand from when on a request may cause a fetch
     * @param attempts fetches so far
     * @param failures fetches that have failed since the last success
     */
    private record Known(
            JWKSet keys, @Nullable Long fetchedAt, long nextRefresh, long nextOnDemand, int attempts, int failures) {

        boolean isUsable(long now, Duration maxAge) {
            return fetchedAt != null && now - fetchedAt < maxAge.toNanos();
        }
    }

    /**
     * @param fetch the keys that the issuer publishes when it is subscribed to
     * @param timer counts intervals and ages
     * @param random from 0 to 1, for the backoff
     */
    JwkSetCache(
            Mono<List<JWK>> fetch,
            TokenSettings.Jwks settings,
            Scheduler timer,
            DoubleSupplier random,
            FetchReport report) {
        this.fetch = fetch;
        this.settings = settings;
        this.timer = timer;
        this.backoff = new Backoff(settings.retryInterval(), settings.refreshInterval(), random);
        this.report = report;
        this.known = new Known(new JWKSet(), null, now(), now(), 0, 0);
    }

    @Override
    public Mono<List<JWK>> matching(JWKSelector selector) {
        return Mono.defer(() -> {
            var latest = known;
            var usable = latest.isUsable(now(), settings.maxAge());
            var keys = usable ? selector.select(latest.keys) : List.<JWK>of();
            if (!keys.isEmpty()) {
                return Mono.just(keys);
            }
            if (now() - latest.nextOnDemand >= 0) {
                return fetchAfter(latest).map(fetched -> selector.select(fetched.keys));
            }
            return usable && latest.failures == 0 ? Mono.just(keys) : Mono.error(new KeysUnavailable(latest.failures));
        });
    }

    /** The one pipeline that belongs to no request: connected here, ended by {@link #stop}. */
    @Override
    public synchronized void start() {
        refreshing = Mono.defer(this::refreshWhenDue).repeat().publish().connect();
    }

    @Override
    public synchronized void stop() {
        refreshing.dispose();
    }

    @Override
    public synchronized boolean isRunning() {
        return !refreshing.isDisposed();
    }

    /** Completes, so that it is asked again: after the pause, or after the attempt. */
    private Mono<Void> refreshWhenDue() {
        var latest = known;
        var pause = latest.nextRefresh - now();
        return pause > 0
                ? Mono.delay(Duration.ofNanos(pause), timer).then()
                : fetchAfter(latest).onErrorComplete().then();
    }

    /** One fetch for everybody who has seen the same; its result if it has ended by now. */
    private synchronized Mono<Known> fetchAfter(Known seen) {
        if (known.attempts != seen.attempts) {
            return known.failures == 0 ? Mono.just(known) : Mono.error(new KeysUnavailable(known.failures));
        }
        if (running == null) {
            running = fetch.map(this::succeeded).doOnError(this::failed).cache(); // goes on when a request is cancelled
        }
        return running;
    }

    private synchronized Known succeeded(List<JWK> keys) {
        var before = known;
        var now = now();
        var fetched = new Known(
                new JWKSet(keys),
                now,
                now + settings.refreshInterval().toNanos(),
                now + settings.unknownKeyInterval().toNanos(),
                before.attempts + 1,
                0);
        known = fetched;
        running = null;
        report.succeeded(before.keys.getKeys(), keys);
        return fetched;
    }

    private synchronized void failed(Throwable failure) {
        var before = known;
        var failures = before.failures + 1;
        var next = now() + backoff.pause(failures);
        known = new Known(before.keys, before.fetchedAt, next, next, before.attempts + 1, failures);
        running = null;
        report.failed(failure);
    }

    private long now() {
        return timer.now(TimeUnit.NANOSECONDS);
    }
}
