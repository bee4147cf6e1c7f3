package kinoteka.catalog;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.boot.context.properties.ConfigurationPropertiesScan;
import org.springframework.boot.security.oauth2.server.resource.autoconfigure.web.reactive.ReactiveOAuth2ResourceServerWebSecurityAutoConfiguration;

/**
 * The catalogue as a program. Spring Boot's own security chain, which it adds even to one that exists, would require a token for every
 * request.
 */
@SpringBootApplication(exclude = ReactiveOAuth2ResourceServerWebSecurityAutoConfiguration.class)
@ConfigurationPropertiesScan
public class CatalogService {

    public static void main(String[] args) {
        SpringApplication.run(CatalogService.class, args);
        // What ends it now is a signal, and that is no failure: 0 instead of 128 and the signal's number.
        SpringApplication.getShutdownHandlers().add(() -> Runtime.getRuntime().halt(0));
    }
}
