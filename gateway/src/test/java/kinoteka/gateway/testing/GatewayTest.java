package kinoteka.gateway.testing;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import kinoteka.gateway.Gateway;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.test.context.ContextConfiguration;

/**
 * Runs against a whole gateway on free ports, one for all classes with this annotation, in front of {@link
 * Upstream#SHARED}. Its limits are small, so that meeting them takes no time.
 */
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@ExtendWith({Upstream.Reset.class, LeakCheck.class})
@ContextConfiguration(initializers = Upstream.Address.class)
@SpringBootTest(
        classes = Gateway.class,
        webEnvironment = WebEnvironment.RANDOM_PORT,
        properties = {
            "management.server.port=0",
            "kinoteka.gateway.ratelimit.enabled=false", // tests send as many requests as they like
            "kinoteka.gateway.batching.enabled=false", // tests count the requests that reach the catalogue
            "kinoteka.gateway.connections.linger-limit=1MB",
            "kinoteka.gateway.connections.linger-timeout=1s",
            "kinoteka.gateway.request.header-deadline=3s",
            "kinoteka.gateway.request.body-deadline=1s",
            "kinoteka.gateway.request.body-limit=100KB",
            "kinoteka.gateway.resilience.circuit-breaker.min-calls=1000", // tests of failures must not affect other
            // tests
            "kinoteka.gateway.upstream.credential=" + GatewayTest.CREDENTIAL,
            "kinoteka.gateway.upstream.response-time-limit=1s",
            "kinoteka.gateway.upstream.stream-idle-timeout=3s",
            "kinoteka.gateway.upstream.health-check.interval=100ms",
            "kinoteka.gateway.upstream.requests.max-connections=" + GatewayTest.MAX_CONNECTIONS,
            "kinoteka.gateway.upstream.streams.max-connections=" + GatewayTest.MAX_CONNECTIONS,
            "kinoteka.gateway.upstream.requests.pending-acquire-max=2",
            "kinoteka.gateway.upstream.streams.pending-acquire-max=2",
            "kinoteka.gateway.upstream.requests.acquire-timeout=500ms",
            "kinoteka.gateway.upstream.streams.acquire-timeout=500ms",
        })
public @interface GatewayTest {

    int MAX_CONNECTIONS = 4;

    String CREDENTIAL = "0123456789abcdef0123456789abcdef";
}
