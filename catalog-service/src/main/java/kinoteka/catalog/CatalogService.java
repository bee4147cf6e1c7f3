package kinoteka.catalog;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.boot.context.properties.ConfigurationPropertiesScan;

/** The catalogue as a program. */
@SpringBootApplication
@ConfigurationPropertiesScan
public class CatalogService {

    public static void main(String[] args) {
        SpringApplication.run(CatalogService.class, args);
    }
}
