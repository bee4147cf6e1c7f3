package kinoteka.gateway.ratelimit;

import com.github.benmanes.caffeine.cache.Ticker;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import kinoteka.gateway.ratelimit.bucket.LocalLimiter;
import kinoteka.gateway.ratelimit.redis.SharedLimiter;
import kinoteka.gateway.ratelimit.subject.Subjects;
import kinoteka.gateway.settings.Live;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The parts of the rate limit, unless it is disabled. */
@Configuration(proxyBeanMethods = false)
@ConditionalOnBooleanProperty(name = "kinoteka.gateway.ratelimit.enabled", matchIfMissing = true)
class RateLimit {

    @Bean
    Subjects subjects() {
        return new Subjects(Ticker.systemTicker());
    }

    @Bean
    LocalLimiter localLimiter(Live<RateLimitSettings> live) {
        var settings = live.get();
        var limiter = new LocalLimiter(settings.limits(), settings.maxBuckets(), Ticker.systemTicker());
        live.onChange(changed -> limiter.change(changed.limits(), changed.maxBuckets()));
        return limiter;
    }

    /** Null if the gateway counts by itself. */
    @Bean
    @Nullable
    SharedLimiter sharedLimiter(Live<RateLimitSettings> live, LocalLimiter local) {
        var settings = live.get();
        if (settings.redis().uri() == null) {
            return null;
        }
        var limiter = new SharedLimiter(
                settings.limits(), settings.maxBuckets(), settings.redis(), local, Ticker.systemTicker());
        live.onChange(changed -> limiter.change(
                changed.limits(), changed.maxBuckets(), changed.redis().onFailure()));
        return limiter;
    }

    @Bean
    RateLimitFilter rateLimitFilter(
            Live<RateLimitSettings> live,
            LocalLimiter local,
            ObjectProvider<SharedLimiter> shared,
            Subjects subjects,
            PrometheusRegistry registry) {
        @Nullable SharedLimiter redis = shared.getIfAvailable();
        var metrics = new RateLimitMetrics(registry, local, redis);
        return new RateLimitFilter(local, redis, subjects, live, metrics);
    }

    @Bean
    CancelledRequests cancelledRequests(
            LocalLimiter local, ObjectProvider<SharedLimiter> shared, Live<RateLimitSettings> settings) {
        return new CancelledRequests(local, shared.getIfAvailable(), settings);
    }
}
