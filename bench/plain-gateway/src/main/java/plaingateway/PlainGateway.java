package plaingateway;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;

/** Spring Cloud Gateway with one route to the catalogue, which is in {@code application.yaml}. */
@SpringBootApplication
public class PlainGateway {

    public static void main(String[] args) {
        SpringApplication.run(PlainGateway.class, args);
    }
}
