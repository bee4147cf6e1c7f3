package kinoteka.gateway;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.boot.context.properties.ConfigurationPropertiesScan;
import reactor.netty.ReactorNetty;

/** The entry point of the gateway. */
@SpringBootApplication
@ConfigurationPropertiesScan
public class Gateway {

    public static void main(String[] args) {
        limitEventLoops();
        SpringApplication.run(Gateway.class, args);
        // From here on only a signal stops the program. That is not a failure, so the exit status is 0 instead of 128
        // plus the signal number.
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
