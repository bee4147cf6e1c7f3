package kinoteka.gateway.reload;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import kinoteka.gateway.Gateway;
import kinoteka.gateway.testing.GatewayTest;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.test.annotation.DirtiesContext;

/** Runs against a whole gateway with the defaults that reads {@link ConfigurationFile}. */
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@GatewayTest
@DirtiesContext // two gateways must not read the same file
@ExtendWith(ConfigurationFile.class)
@SpringBootTest(
        classes = Gateway.class,
        webEnvironment = WebEnvironment.RANDOM_PORT,
        properties = {
            "management.server.port=0",
            "kinoteka.gateway.access-log.enabled=true",
            "kinoteka.gateway.access-log.file=target/reload/access.log",
            "kinoteka.gateway.upstream.health-check.interval=100ms",
            "kinoteka.gateway.configuration.file=" + ConfigurationFile.NAME,
            "kinoteka.gateway.configuration.interval=10ms",
        })
@interface ReloadTest {}
