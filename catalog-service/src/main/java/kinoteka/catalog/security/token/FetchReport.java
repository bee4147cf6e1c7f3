package kinoteka.catalog.security.token;

import com.nimbusds.jose.jwk.JWK;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.scheduler.Scheduler;

/**
 * Reports to operators whether the issuer's keys can be fetched: in metrics, and in a log that stays short however long an
 * outage lasts. Not thread-safe; the gauge may be read by any thread.
 */
final class FetchReport {

    private static final Logger LOG = LoggerFactory.getLogger(FetchReport.class);

    private final TokenSettings.Jwks settings;
    private final Scheduler timer;
    private final Counter successes;
    private final Counter failures;
    private volatile @Nullable Long fetchedAt;
    private @Nullable Long warnedAt;
    private boolean isFailing;

    FetchReport(TokenSettings.Jwks settings, Scheduler timer, MeterRegistry metrics) {
        this.settings = settings;
        this.timer = timer;
        this.successes = counter("success", metrics);
        this.failures = counter("failure", metrics);
        Gauge.builder("jwks.age", this, report -> report.age() / 1e9)
                .description("Time since the issuer's keys were last fetched; NaN before that")
                .baseUnit("seconds")
                .strongReference(true)
                .register(metrics);
    }

    void succeeded(List<JWK> before, List<JWK> now) {
        successes.increment();
        var added = names(now).stream()
                .filter(name -> !names(before).contains(name))
                .toList();
        var withdrawn = names(before).stream()
                .filter(name -> !names(now).contains(name))
                .toList();
        if (fetchedAt == null || !added.isEmpty() || !withdrawn.isEmpty()) {
            LOG.info(
                    "Tokens are verified with {} keys of the issuer; added: {}, withdrawn: {}",
                    now.size(),
                    added,
                    withdrawn);
        } else if (isFailing) {
            LOG.info("The issuer's keys can be fetched again");
        }
        fetchedAt = nanos();
        isFailing = false;
    }

    /** Logs the first failure at once, then at most one in a {@code refresh-interval}. */
    void failed(Throwable failure) {
        failures.increment();
        isFailing = true;
        var warned = warnedAt;
        var now = nanos();
        if (warned == null || now - warned >= settings.refreshInterval().toNanos()) {
            warnedAt = now;
            LOG.warn(
                    "The issuer's keys cannot be fetched from {}: {}; {}",
                    settings.uri(),
                    root(failure),
                    consequence());
        }
    }

    private String consequence() {
        var age = age();
        if (Double.isNaN(age)) {
            return "there are none yet, so that requests with a token are answered 503";
        }
        return age < settings.maxAge().toNanos()
                ? "those that are known are used until they are " + settings.maxAge() + " old"
                : "those that are known are too old, so that requests with a token are answered 503";
    }

    /** In nanoseconds. */
    private double age() {
        var fetched = fetchedAt;
        return fetched == null ? Double.NaN : nanos() - fetched;
    }

    private long nanos() {
        return timer.now(TimeUnit.NANOSECONDS);
    }

    private static List<String> names(List<JWK> keys) {
        return keys.stream().map(JWK::getKeyID).filter(Objects::nonNull).toList();
    }

    private static Throwable root(Throwable failure) {
        return failure.getCause() == null ? failure : root(failure.getCause());
    }

    private static Counter counter(String result, MeterRegistry metrics) {
        return Counter.builder("jwks.fetches")
                .description("Fetches of the issuer's keys")
                .tag("result", result)
                .register(metrics);
    }
}
