package kinoteka.catalog.changes;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import kinoteka.catalog.RealPostgres;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.test.context.ContextConfiguration;

/** A catalogue with small limits for listeners, and with a gateway's credential, one for all classes that carry this. */
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@SpringBootTest(
        webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT,
        properties = {
            "management.server.port=0",
            "kinoteka.catalog.gateway.credentials=" + LimitedListenersIT.CREDENTIAL,
            "kinoteka.catalog.changes.max-listeners=14",
            "kinoteka.catalog.changes.max-public-listeners=12",
            "kinoteka.catalog.changes.max-listeners-per-client=3",
            "kinoteka.catalog.changes.max-queued-events=500",
            "kinoteka.catalog.changes.history-size=100"
        })
@ContextConfiguration(initializers = RealPostgres.class)
@interface LimitedListenersIT {

    String CREDENTIAL = "0123456789abcdef0123456789abcdef";
}
