package kinoteka.quickstart;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import kinoteka.quickstart.contract.ContractCheck;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The responses of the whole system are those that its OpenAPI document describes. */
class ContractIT {

    private static final long SEED = 1895;

    @Test
    void respondsToEveryRequestAsItsDocumentDescribes(@TempDir Path temporary) throws Exception {
        try (var running = new RunningQuickstart(
                        Path.of("../catalog-service/target/catalog-service-0.1.0.jar"),
                        Path.of("../gateway/target/gateway-0.1.0.jar"),
                        Path.of("../seeder/target/seeder-0.1.0.jar"),
                        temporary,
                        Map.of("SEED_COUNT", "2000", "KINOTEKA_GATEWAY_RATELIMIT_ENABLED", "false"))
                .awaitReady()) {
            var tokens =
                    Stream.of("ADMIN", "CUSTOMER", "EDITOR").map(running::token).toList();

            var check = new ContractCheck("http://127.0.0.1:" + running.ports().gateway(), tokens, SEED).run();

            Files.writeString(Path.of("target/contract.txt"), "seed " + SEED + ": " + check.summary() + "\n");
            System.out.println(check.summary());
            assertThat(check.violations())
                    .as(List.copyOf(check.violations()).size() + " violations")
                    .isEmpty();
            assertThat(check.neverSucceeded()).isEmpty();
        }
    }
}
