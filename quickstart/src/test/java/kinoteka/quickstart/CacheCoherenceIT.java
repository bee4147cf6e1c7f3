package kinoteka.quickstart;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import kinoteka.quickstart.coherence.CuttableProxy;
import kinoteka.quickstart.coherence.Films;
import kinoteka.quickstart.coherence.Load;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Cuts the connections between the gateway and the catalogue, the stream of changes among them, while films are changed through the API
 * and by SQL, and compares every response with what had been acknowledged when its request began.
 */
class CacheCoherenceIT {

    private static final Path CATALOGUE = Path.of("../catalog-service/target/catalog-service-0.1.0.jar");
    private static final Path GATEWAY = Path.of("../gateway/target/gateway-0.1.0.jar");
    private static final Path SEEDER = Path.of("../seeder/target/seeder-0.1.0.jar");

    /** The time after which a stream without heartbeats is considered lost, and as much again for a busy machine. */
    private static final Duration LONGEST_SILENCE = Duration.ofSeconds(12);

    private static final int CUTS = 5;
    private static final int WRITES_BETWEEN_CUTS = 20;

    /** So many that reads of several of them wait for the catalogue at the same moment. */
    private static final int READERS = 48;

    private static final int FILMS_OF_API = 5;
    private static final int FILMS_OF_SQL = 45;

    private static final Pattern PORT = Pattern.compile("psql -h 127.0.0.1 -p (\\d+)");

    @TempDir
    Path folder;

    @Test
    void noResponseIsOlderThanWhatWasAcknowledgedBefore() throws Exception {
        var ports = RunningQuickstart.freePorts();
        try (var proxy = new CuttableProxy(ports.catalogue());
                var running = start(ports, proxy).awaitReady()) {
            var load = load(running);
            try {
                cutUnder(load, proxy);
            } finally {
                load.stop();
            }
            assertThat(load.errors()).isEmpty();
            assertThat(load.readingsOfApi().outdated()).as(load::toString).isZero();
            assertThat(load.readingsOfSql().longest()).as(load::toString).isLessThan(LONGEST_SILENCE);
            assertThat(load.readingsOfApi().count()).isGreaterThan(1_000);
            assertThat(load.readingsOfSql().count()).isGreaterThan(1_000);
            assertThat(load.writesByApi()).isGreaterThan(CUTS * WRITES_BETWEEN_CUTS);
            var metrics = metrics(running);
            assertThat(value(metrics, "cache_stream_connects_total")).isGreaterThan(CUTS);
            assertThat(value(metrics, "batching_reads_total{sent=\"together\"}"))
                    .isGreaterThan(1_000);
            await().untilAsserted(() -> assertThat(metrics(running))
                    .contains("\nbatching_waiting 0", "\nbatching_calls_in_flight 0", "\ncache_fetches 0"));
            System.out.printf(
                    "%s Streams opened: %.0f, resets: %.0f%n",
                    load, value(metrics, "cache_stream_connects_total"), value(metrics, "cache_resets_total"));
        }
    }

    private static void cutUnder(Load load, CuttableProxy proxy) throws InterruptedException {
        load.start(READERS);
        for (var cut = 0; cut < CUTS; cut++) {
            awaitProgress(load);
            proxy.cut();
            Thread.sleep(150L * cut);
            proxy.resume();
        }
        awaitProgress(load);

        proxy.hang(); // for longer than a silent stream is believed
        Thread.sleep(8_000);
        proxy.resume();
        awaitProgress(load);

        load.stopWriting();
        await().atMost(Duration.ofSeconds(30)).until(load::countOutdated, outdated -> outdated == 0);
    }

    /** Waits until readers got responses from memory, and writers got some of their writes acknowledged. */
    private static void awaitProgress(Load load) {
        var hits = load.hits();
        var writes = load.writesByApi();
        await().atMost(Duration.ofSeconds(60))
                .until(() -> load.hits() > hits + 100 && load.writesByApi() > writes + WRITES_BETWEEN_CUTS);
    }

    private RunningQuickstart start(Ports ports, CuttableProxy proxy) throws IOException {
        return new RunningQuickstart(
                CATALOGUE,
                GATEWAY,
                SEEDER,
                folder,
                Map.of(
                        "KINOTEKA_GATEWAY_UPSTREAM_CATALOGUE", "http://127.0.0.1:" + proxy.port(),
                        "KINOTEKA_GATEWAY_RATELIMIT_ENABLED", "false",
                        "SEED_COUNT", "1000"),
                ports);
    }

    private static Load load(RunningQuickstart running) throws IOException, InterruptedException {
        var port = running.out().stream()
                .map(PORT::matcher)
                .filter(Matcher::find)
                .map(found -> found.group(1))
                .findFirst()
                .orElseThrow();
        var token = running.token("EDITOR");
        return new Load(
                new Films(URI.create("http://localhost:" + running.ports().gateway()), token),
                new Films(URI.create("http://localhost:" + running.ports().catalogue()), token),
                "jdbc:postgresql://127.0.0.1:" + port + "/kinoteka?user=kinoteka",
                FILMS_OF_API,
                FILMS_OF_SQL);
    }

    private static String metrics(RunningQuickstart running) throws IOException, InterruptedException {
        var operators = running.ports().gatewayOperators();
        try (var client = HttpClient.newHttpClient()) {
            return client.send(
                            HttpRequest.newBuilder(URI.create("http://localhost:" + operators + "/metrics"))
                                    .build(),
                            BodyHandlers.ofString())
                    .body();
        }
    }

    private static double value(String metrics, String name) {
        var found = Pattern.compile("(?m)^" + Pattern.quote(name) + " (\\S+)$").matcher(metrics);
        assertThat(found.find()).as(name).isTrue();
        return Double.parseDouble(found.group(1));
    }
}
