package kinoteka.gateway.reload;

import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.util.List;
import kinoteka.gateway.batching.BatchingSettings;
import kinoteka.gateway.cache.CacheSettings;
import kinoteka.gateway.compression.CompressionSettings;
import kinoteka.gateway.connections.ConnectionSettings;
import kinoteka.gateway.cors.CorsSettings;
import kinoteka.gateway.drain.DrainSettings;
import kinoteka.gateway.hsts.HstsSettings;
import kinoteka.gateway.log.AccessLogSettings;
import kinoteka.gateway.ratelimit.RateLimitSettings;
import kinoteka.gateway.resilience.breaker.CircuitBreakerSettings;
import kinoteka.gateway.resilience.limit.ConcurrencyLimitSettings;
import kinoteka.gateway.resilience.retry.RetrySettings;
import kinoteka.gateway.settings.Constraint;
import kinoteka.gateway.settings.Live;
import kinoteka.gateway.trace.TracingSettings;
import kinoteka.gateway.transport.RequestSettings;
import kinoteka.gateway.upstream.UpstreamSettings;
import org.springframework.context.ApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.validation.SmartValidator;

/** The settings that change while the gateway runs, except for those that are marked as {@code AtStart} in their records. */
@Configuration(proxyBeanMethods = false)
class LiveSettings {

    @Bean
    Live<ConnectionSettings> liveConnectionSettings(ConnectionSettings settings) {
        return new Live<>(settings);
    }

    @Bean
    Live<RequestSettings> liveRequestSettings(RequestSettings settings) {
        return new Live<>(settings);
    }

    @Bean
    Live<RateLimitSettings> liveRateLimitSettings(RateLimitSettings settings) {
        return new Live<>(settings);
    }

    @Bean
    Live<CacheSettings> liveCacheSettings(CacheSettings settings) {
        return new Live<>(settings);
    }

    @Bean
    Live<BatchingSettings> liveBatchingSettings(BatchingSettings settings) {
        return new Live<>(settings);
    }

    @Bean
    Live<CorsSettings> liveCorsSettings(CorsSettings settings) {
        return new Live<>(settings);
    }

    @Bean
    Live<HstsSettings> liveHstsSettings(HstsSettings settings) {
        return new Live<>(settings);
    }

    @Bean
    Live<CompressionSettings> liveCompressionSettings(CompressionSettings settings) {
        return new Live<>(settings);
    }

    @Bean
    Live<UpstreamSettings> liveUpstreamSettings(UpstreamSettings settings) {
        return new Live<>(settings);
    }

    @Bean
    Live<RetrySettings> liveRetrySettings(RetrySettings settings) {
        return new Live<>(settings);
    }

    @Bean
    Live<CircuitBreakerSettings> liveCircuitBreakerSettings(CircuitBreakerSettings settings) {
        return new Live<>(settings);
    }

    @Bean
    Live<ConcurrencyLimitSettings> liveConcurrencyLimitSettings(ConcurrencyLimitSettings settings) {
        return new Live<>(settings);
    }

    @Bean
    Live<AccessLogSettings> liveAccessLogSettings(AccessLogSettings settings) {
        return new Live<>(settings);
    }

    @Bean
    Live<TracingSettings> liveTracingSettings(TracingSettings settings) {
        return new Live<>(settings);
    }

    @Bean
    Live<DrainSettings> liveDrainSettings(DrainSettings settings) {
        return new Live<>(settings);
    }

    @Bean
    ConfigurationReload configurationReload(
            ApplicationContext context,
            ConfigurableEnvironment environment,
            SmartValidator validator,
            ReloadSettings settings,
            List<Live<?>> live,
            List<Constraint> constraints,
            PrometheusRegistry registry) {
        var reader = new ConfigurationReader(context, environment, validator, settings.file());
        return new ConfigurationReload(settings, reader, live, constraints, new ReloadMetrics(registry));
    }
}
