package kinoteka.catalog;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.test.context.ContextConfiguration;

/** The whole catalogue on a free port and a real PostgreSQL, one for all classes that carry this. */
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@SpringBootTest(
        webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT,
        properties = {
            "management.server.port=0",
            "kinoteka.catalog.database.pool.size=4",
            // on a busy machine a hash takes a second
            "kinoteka.catalog.password.timeout=1m"
        })
@ContextConfiguration(initializers = RealPostgres.class)
public @interface CatalogIT {}
