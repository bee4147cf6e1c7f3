package kinoteka.gateway.reload;

import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.util.List;
import kinoteka.gateway.connections.ConnectionSettings;
import kinoteka.gateway.settings.Live;
import kinoteka.gateway.transport.RequestSettings;
import org.springframework.context.ApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.validation.SmartValidator;

/** The settings that may change while the gateway runs. All others are read at the start only. */
@Configuration(proxyBeanMethods = false)
class LiveSettings {

    @Bean
    Live<ConnectionSettings> connectionSettings(ConnectionSettings settings) {
        return new Live<>(settings);
    }

    @Bean
    Live<RequestSettings> requestSettings(RequestSettings settings) {
        return new Live<>(settings);
    }

    @Bean
    ConfigurationReload configurationReload(
            ApplicationContext context,
            ConfigurableEnvironment environment,
            SmartValidator validator,
            ReloadSettings settings,
            List<Live<?>> live,
            PrometheusRegistry registry) {
        return new ConfigurationReload(
                settings, new ConfigurationReader(context, environment, validator, settings.file()), live, registry);
    }
}
