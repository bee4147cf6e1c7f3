package kinoteka.gateway.resilience;

import static org.assertj.core.api.Assertions.assertThat;

import io.prometheus.metrics.model.registry.PrometheusRegistry;
import kinoteka.gateway.resilience.breaker.CircuitBreakerSettings;
import kinoteka.gateway.resilience.breaker.CircuitBreakers;
import kinoteka.gateway.resilience.limit.ConcurrencyLimitSettings;
import kinoteka.gateway.resilience.limit.ConcurrencyLimits;
import kinoteka.gateway.resilience.retry.Retries;
import kinoteka.gateway.resilience.retry.RetrySettings;
import kinoteka.gateway.settings.Live;
import kinoteka.gateway.testing.FakeInstance;
import org.junit.jupiter.api.Test;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Import;

/** A feature that is switched off is not in the chain, and has no metrics. */
class SwitchedOffTest {

    private final FakeInstance instance = new FakeInstance("http://a");
    private final ApplicationContextRunner runner =
            new ApplicationContextRunner().withUserConfiguration(Features.class);

    @Test
    void nothingIsInTheChain() {
        runner.withPropertyValues(
                        "kinoteka.gateway.resilience.retry.enabled=false",
                        "kinoteka.gateway.resilience.circuit-breaker.enabled=false",
                        "kinoteka.gateway.resilience.concurrency-limit.enabled=false")
                .run(context -> {
                    assertThat(context.getBean(Retries.class).decorate(instance))
                            .isSameAs(instance);
                    assertThat(context.getBean(CircuitBreakers.class).decorate(instance))
                            .isSameAs(instance);
                    assertThat(context.getBean(ConcurrencyLimits.class).decorate(instance))
                            .isSameAs(instance);
                    assertThat(context.getBean(PrometheusRegistry.class).scrape())
                            .isEmpty();
                });
    }

    @Test
    void everythingIsInTheChainByDefault() {
        runner.run(context -> {
            assertThat(context.getBean(Retries.class).decorate(instance)).isNotSameAs(instance);
            assertThat(context.getBean(CircuitBreakers.class).decorate(instance))
                    .isNotSameAs(instance);
            assertThat(context.getBean(ConcurrencyLimits.class).decorate(instance))
                    .isNotSameAs(instance);
            assertThat(context.getBean(PrometheusRegistry.class).scrape()).isNotEmpty();
        });
    }

    @Import({Retries.class, CircuitBreakers.class, ConcurrencyLimits.class})
    @EnableConfigurationProperties({RetrySettings.class, CircuitBreakerSettings.class, ConcurrencyLimitSettings.class})
    static class Features {

        @Bean
        Live<RetrySettings> retries(RetrySettings settings) {
            return new Live<>(settings);
        }

        @Bean
        Live<CircuitBreakerSettings> breakers(CircuitBreakerSettings settings) {
            return new Live<>(settings);
        }

        @Bean
        Live<ConcurrencyLimitSettings> limits(ConcurrencyLimitSettings settings) {
            return new Live<>(settings);
        }

        @Bean
        PrometheusRegistry registry() {
            return new PrometheusRegistry();
        }
    }
}
