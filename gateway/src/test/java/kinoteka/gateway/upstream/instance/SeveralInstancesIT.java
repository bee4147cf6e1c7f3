package kinoteka.gateway.upstream.instance;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import kinoteka.gateway.testing.GatewayTest;
import kinoteka.gateway.testing.Scrape;
import kinoteka.gateway.testing.Upstream;
import kinoteka.gateway.testing.Wire;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.test.web.server.LocalManagementPort;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;
import reactor.core.publisher.Mono;
import reactor.netty.Connection;
import reactor.netty.FutureMono;

@GatewayTest
class SeveralInstancesIT {

    private static final Duration TIMEOUT = Duration.ofSeconds(10);
    private static final List<Upstream> CATALOGUES = List.of(new Upstream(), new Upstream());

    private final int port;
    private final Scrape scrape;

    SeveralInstancesIT(@LocalServerPort int port, @LocalManagementPort int operatorsPort) {
        this.port = port;
        this.scrape = new Scrape(operatorsPort);
    }

    @DynamicPropertySource
    static void addresses(DynamicPropertyRegistry registry) {
        registry.add(
                "kinoteka.gateway.upstream.catalogue",
                () -> "http://localhost:" + CATALOGUES.getFirst().port() + ",http://localhost:"
                        + CATALOGUES.getLast().port());
    }

    @BeforeEach
    void name() {
        CATALOGUES.getFirst().answers((request, response) -> response.sendString(Mono.just("first")));
        CATALOGUES.getLast().answers((request, response) -> response.sendString(Mono.just("last")));
        awaitUp(2);
    }

    @AfterEach
    void startAgain() {
        for (var catalogue : CATALOGUES) {
            if (!catalogue.isListening()) {
                catalogue.startAgain();
            }
        }
        awaitUp(2);
    }

    @AfterAll
    static void stop() {
        CATALOGUES.forEach(Upstream::stop);
    }

    /** Once the failures of other tests have been forgotten. */
    @Test
    void requestsAreDistributedEvenly() {
        Awaitility.await().atMost(TIMEOUT).untilAsserted(() -> assertThat(bodies(10))
                .filteredOn("first"::equals)
                .hasSize(5));
    }

    @Test
    void aRequestThatCannotBeSentIsSentToTheNextInstanceWhateverItsMethod() throws IOException {
        CATALOGUES.getFirst().stop();

        for (int i = 0; i < 20; i++) {
            var response = Wire.ask(port, "POST /api/session HTTP/1.1\r\nHost: a\r\nContent-Length: 2\r\n\r\n{}");
            assertThat(response.status() + " " + response.body()).isEqualTo("200 last");
        }
        awaitUp(1);
    }

    /** It may have been processed, so it must not be sent a second time. */
    @ParameterizedTest
    @ValueSource(strings = {"POST /api/session", "DELETE /api/session/1"})
    void aWriteThatAnInstanceHasReceivedIsNotSentToTheNext(String request) throws IOException {
        var received = new AtomicInteger();
        for (var catalogue : CATALOGUES) {
            catalogue.answers((read, response) -> {
                received.incrementAndGet();
                return read.receive()
                        .then(FutureMono.deferFuture(
                                () -> ((Connection) response).channel().close()));
            });
        }

        var response = Wire.ask(port, request + " HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n");

        assertThat(response.status()).isEqualTo(502);
        assertThat(received).hasValue(1);
    }

    @Test
    void allInstancesAreTriedWhileNoneSeemsAvailable() throws IOException {
        CATALOGUES.forEach(Upstream::stop);
        awaitUp(0);
        CATALOGUES.getLast().startAgain(); // before the next health check

        assertThat(bodies(1)).containsExactly("last");
    }

    @Test
    void aRestartedInstanceReceivesRequestsAgain() throws IOException {
        CATALOGUES.getLast().stop();
        awaitUp(1);
        assertThat(bodies(4)).containsOnly("first");

        CATALOGUES.getLast().startAgain();
        awaitUp(2);
        Awaitility.await().atMost(TIMEOUT).until(() -> bodies(4).containsAll(List.of("first", "last")));
    }

    @Test
    void pingIs503WhileNoInstanceIsHealthy() throws IOException {
        CATALOGUES.forEach(Upstream::stop);
        awaitUp(0);

        assertThat(Wire.get(port, "/ping").status()).isEqualTo(503);
        assertThat(Wire.get(port, "/api/movie/1").status()).isEqualTo(503);

        CATALOGUES.getFirst().startAgain();
        Awaitility.await().atMost(TIMEOUT).until(() -> Wire.get(port, "/ping").status() == 200);
        assertThat(bodies(2)).containsOnly("first");
    }

    private List<String> bodies(int requests) throws IOException {
        return Stream.generate(() -> {
                    try {
                        return Wire.get(port, "/api/movie/1").body();
                    } catch (IOException e) {
                        throw new AssertionError(e);
                    }
                })
                .limit(requests)
                .toList();
    }

    private void awaitUp(int addresses) {
        scrape.awaitSum(addresses, "upstream_up", "upstream=\"catalogue\"");
    }
}
