package kinoteka.gateway.reload;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import kinoteka.gateway.Gateway;
import kinoteka.gateway.testing.GatewayTest;
import kinoteka.gateway.testing.Scrape;
import kinoteka.gateway.testing.Upstream;
import kinoteka.gateway.testing.Wire;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.boot.test.web.server.LocalManagementPort;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.test.annotation.DirtiesContext;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** Instances are added and removed while four clients send requests, of which none may fail. */
@GatewayTest
@DirtiesContext // two gateways must not read the same file
@ExtendWith(ConfigurationFile.class)
@SpringBootTest(
        classes = Gateway.class,
        webEnvironment = WebEnvironment.RANDOM_PORT,
        properties = {
            "management.server.port=0",
            "kinoteka.gateway.ratelimit.enabled=false",
            "kinoteka.gateway.cache.enabled=false",
            "kinoteka.gateway.upstream.health-check.interval=50ms",
            "kinoteka.gateway.configuration.file=" + ConfigurationFile.NAME,
            "kinoteka.gateway.configuration.interval=10ms",
        })
class LiveInstancesIT {

    private static final int CLIENTS = 4;

    private final int port;
    private final Scrape scrape;
    private final Instance first = new Instance();
    private final Instance second = new Instance();
    private final Instance third = new Instance();
    private final ConcurrentLinkedQueue<String> failures = new ConcurrentLinkedQueue<>();
    private final AtomicInteger successes = new AtomicInteger();
    private volatile boolean isLoaded = true;
    private List<Thread> clients = List.of();

    LiveInstancesIT(@LocalServerPort int port, @LocalManagementPort int operatorsPort) {
        this.port = port;
        this.scrape = new Scrape(operatorsPort);
    }

    @BeforeEach
    void begin() throws IOException {
        configure(first, second);
        awaitUp(first, second);
        clients = Stream.generate(() -> Thread.startVirtualThread(this::sendRequests))
                .limit(CLIENTS)
                .toList();
        awaitRequests(first, second);
    }

    @AfterEach
    void end() throws IOException {
        Stream.of(first, second, third).forEach(instance -> instance.upstream.stop());
        ConfigurationFile.reset(scrape);
    }

    @Test
    void anAddedInstanceReceivesRequestsOnceItIsHealthy() throws Exception {
        third.upstream.stop();
        configure(first, second, third);
        awaitRequests(first, second);
        assertThat(scrape.sum("upstream_up", third.label())).isZero();

        third.upstream.startAgain();
        awaitRequests(third);

        assertNothingFailed();
    }

    @Test
    void aRemovedInstanceReceivesNoFurtherRequestsAndLeavesNoMetrics() throws Exception {
        configure(second);

        ConfigurationFile.await().untilAsserted(() -> assertThat(series(first)).isEmpty());
        var before = first.requests.get();
        awaitRequests(second);
        assertThat(first.requests).hasValue(before);
        assertNothingFailed();
    }

    @Test
    void aStreamOfARemovedInstanceContinuesToItsEnd() throws Exception {
        configure(first);
        awaitRequests(first);
        try (var wire = new Wire(port)) {
            wire.send("GET /api/movie HTTP/1.1\r\nHost: a\r\n\r\n").head();
            assertThat(wire.chunk()).isEqualTo("part 0");

            configure(second);
            awaitRequests(second);
            scrape.awaitSum(1, "upstream_connections_active", first.label(), "pool=\"streams\"");
            scrape.awaitSum(0, "upstream_connections_idle", first.label());
            assertThat(series(first)).noneMatch(line -> line.startsWith("upstream_up"));

            first.isStreaming = false;
            var last = wire.chunk();
            while (!last.isEmpty()) {
                assertThat(last).startsWith("part ");
                last = wire.chunk();
            }
        }
        ConfigurationFile.await().untilAsserted(() -> assertThat(series(first)).isEmpty());
        assertNothingFailed();
    }

    /** The old instances serve until the new one is healthy. */
    @Test
    void allInstancesAreReplacedAtOnce() throws Exception {
        third.upstream.stop();
        configure(third);
        awaitRequests(first, second);

        third.upstream.startAgain();

        ConfigurationFile.await().untilAsserted(() -> assertThat(series(first)).isEmpty());
        ConfigurationFile.await().untilAsserted(() -> assertThat(series(second)).isEmpty());
        awaitRequests(third);
        assertNothingFailed();
    }

    @Test
    void anInstanceThatComesBackWhileItDrainsIsUsedAgain() throws Exception {
        configure(first);
        try (var wire = new Wire(port)) {
            wire.send("GET /api/movie HTTP/1.1\r\nHost: a\r\n\r\n").head();
            configure(second);
            awaitRequests(second);

            configure(first, second);

            awaitRequests(first, second);
            assertThat(wire.chunk()).startsWith("part ");
            first.isStreaming = false;
        }
        assertNothingFailed();
    }

    @Test
    void anInstanceThatStaysKeepsItsConnections() throws Exception {
        stopClients();
        configure(second);
        ConfigurationFile.await().untilAsserted(() -> assertThat(series(first)).isEmpty());
        try (var wire =
                new Wire(port)) { // all its requests arrive on one event loop, which uses one connection at a time
            var connection = get(wire);

            configure(second, third);
            awaitUp(second, third);
            assertThat(Stream.generate(() -> get(wire)).limit(20)).contains(connection);
            configure(second);

            assertThat(get(wire)).isEqualTo(connection);
        }
    }

    private void assertNothingFailed() throws InterruptedException {
        stopClients();
        assertThat(failures).isEmpty();
        assertThat(successes).hasPositiveValue();
    }

    private void stopClients() throws InterruptedException {
        isLoaded = false;
        for (var client : clients) {
            client.join(Duration.ofSeconds(10));
        }
    }

    private void sendRequests() {
        while (isLoaded) {
            try {
                var answer = Wire.ask(port, "POST /api/session HTTP/1.1\r\nHost: a\r\nContent-Length: 0\r\n\r\n");
                if (answer.status() == 200) {
                    successes.incrementAndGet();
                } else {
                    failures.add(answer.toString());
                }
            } catch (IOException e) {
                failures.add(e.toString());
            }
        }
    }

    private static String get(Wire wire) {
        try {
            return wire.send("GET /api/movie/1 HTTP/1.1\r\nHost: a\r\n\r\n")
                    .answer()
                    .body();
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private void configure(Instance... instances) throws IOException {
        ConfigurationFile.apply(
                scrape,
                "kinoteka.gateway.upstream.catalogue: "
                        + Stream.of(instances).map(Instance::uri).collect(Collectors.joining(",")));
    }

    private void awaitUp(Instance... instances) {
        for (var instance : instances) {
            scrape.awaitSum(1, "upstream_up", instance.label());
        }
    }

    private void awaitRequests(Instance... instances) {
        for (var instance : instances) {
            var before = instance.requests.get();
            ConfigurationFile.await().alias(instance.uri()).until(() -> instance.requests.get() > before + 10);
        }
    }

    private List<String> series(Instance instance) {
        return scrape.lines().stream()
                .filter(line -> line.contains(instance.label()))
                .toList();
    }

    /** An instance that answers with the port of the connection, and to a request for a list with a stream that does not end. */
    private static final class Instance {

        private final Upstream upstream = new Upstream();
        private final AtomicInteger requests = new AtomicInteger();
        private volatile boolean isStreaming = true;

        Instance() {
            upstream.answers((request, response) -> {
                requests.incrementAndGet();
                if (request.uri().equals("/api/movie")) {
                    return response.sse()
                            .sendString(Flux.interval(Duration.ZERO, Duration.ofMillis(50))
                                    .takeWhile(i -> isStreaming)
                                    .map(i -> "part " + i));
                }
                return response.sendString(Mono.just(String.valueOf(request.remoteAddress())));
            });
        }

        String uri() {
            return "http://localhost:" + upstream.port();
        }

        String label() {
            return "address=\"" + uri() + "\"";
        }
    }
}
