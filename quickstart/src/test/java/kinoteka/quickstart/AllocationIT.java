package kinoteka.quickstart;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import kinoteka.quickstart.allocation.Clients;
import kinoteka.quickstart.allocation.Heap;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * A guard against regressions that cost memory: how many bytes of the heap a read takes in the gateway and in the catalogue. The quickstart
 * lets the JVM compile without its second compiler, and so without escape analysis: the counts hardly depend on how warm a service is. The
 * bounds are a third above what was counted.
 */
class AllocationIT {

    private static final Path CATALOGUE = Path.of("../catalog-service/target/catalog-service-0.1.0.jar");
    private static final Path GATEWAY = Path.of("../gateway/target/gateway-0.1.0.jar");
    private static final Path SEEDER = Path.of("../seeder/target/seeder-0.1.0.jar");
    private static final String CREDENTIAL = "0123456789abcdef0123456789abcdef";

    private static final int CLIENTS = 16;

    /** Of a target: the number of the request, which is the id of a film that no other request reads. */
    private static final String NUMBER = "{number}";

    private static final int WARM_UP = 600;
    private static final int COUNTED = 1200;

    @TempDir
    static Path folder;

    private static RunningQuickstart running;

    @BeforeAll
    static void start() throws IOException {
        running = new RunningQuickstart(
                        CATALOGUE,
                        GATEWAY,
                        SEEDER,
                        folder,
                        Map.of(
                                "KINOTEKA_CATALOG_GATEWAY_CREDENTIALS", CREDENTIAL,
                                "KINOTEKA_GATEWAY_UPSTREAM_CREDENTIAL", CREDENTIAL,
                                "KINOTEKA_GATEWAY_RATELIMIT_RATE", "1000000",
                                "KINOTEKA_GATEWAY_RATELIMIT_BURST", "1000000",
                                "KINOTEKA_GATEWAY_ACCESSLOG_MAXRATE", "50000",
                                "SEED_COUNT", "25000"))
                .awaitReady();
    }

    @AfterAll
    static void stop() {
        running.close();
    }

    @ParameterizedTest
    @CsvSource({
        "/api/movie/1, 7500", // from memory, without an exchange
        "/api/movie/" + NUMBER + ", 44500", // not stored, and combined with reads of others
        "/db_dummy, 37000"
    })
    void theGatewayNeedsLittleMemoryForARead(String target, long most) throws Exception {
        assertThat(bytes(GATEWAY, running.ports().gateway(), Map.of(), target))
                .as("bytes of " + target)
                .isPositive()
                .isLessThan(most);
    }

    @ParameterizedTest
    @CsvSource({
        "/api/movie/" + NUMBER + ", 124000",
        "'/api/movie?limit=100', 830000",
        "'/batch/movie?ids=1,2,3,4,5,6,7,8', 188000"
    })
    void theCatalogueNeedsLittleMemoryForARead(String target, long most) throws Exception {
        var headers = Map.of("Gateway-Credential", "own " + CREDENTIAL, "Gateway-Read", "primary");
        assertThat(bytes(CATALOGUE, running.ports().catalogue(), headers, target))
                .as("bytes of " + target)
                .isPositive()
                .isLessThan(most);
    }

    /** Returns the bytes of a request, after others that have loaded and compiled what it needs. */
    private static long bytes(Path service, int port, Map<String, String> headers, String target) throws Exception {
        try (var clients = new Clients(CLIENTS, port, headers);
                var heap = new Heap(running.service(service))) {
            clients.send(COUNTED, WARM_UP, number -> target.replace(NUMBER, Long.toString(number)));
            var before = heap.allocatedBytes();
            clients.send(0, COUNTED, number -> target.replace(NUMBER, Long.toString(number)));
            return (heap.allocatedBytes() - before) / COUNTED;
        }
    }
}
