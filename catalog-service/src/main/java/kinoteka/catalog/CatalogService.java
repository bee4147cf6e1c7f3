package kinoteka.catalog;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.boot.context.properties.ConfigurationPropertiesScan;
import org.springframework.boot.security.oauth2.server.resource.autoconfigure.web.reactive.ReactiveOAuth2ResourceServerWebSecurityAutoConfiguration;
import reactor.netty.ReactorNetty;

/**
 * The catalogue as a program. Spring Boot's own security chain, which it adds even to one that exists, would require a token for every
 * request.
 */
@SpringBootApplication(exclude = ReactiveOAuth2ResourceServerWebSecurityAutoConfiguration.class)
@ConfigurationPropertiesScan
public class CatalogService {

    public static void main(String[] args) {
        limitEventLoops();
        SpringApplication.run(CatalogService.class, args);
        // What ends it now is a signal, and that is no failure: 0 instead of 128 and the signal's number.
        SpringApplication.getShutdownHandlers().add(() -> Runtime.getRuntime().halt(0));
    }

    /** One event loop for each processor, unless an operator has chosen: Reactor Netty would start four on two processors. */
    private static void limitEventLoops() {
        if (System.getProperty(ReactorNetty.IO_WORKER_COUNT) == null) {
            var processors = Runtime.getRuntime().availableProcessors();
            System.setProperty(ReactorNetty.IO_WORKER_COUNT, Integer.toString(processors));
        }
    }
}
