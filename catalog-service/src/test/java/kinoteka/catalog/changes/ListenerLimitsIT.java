package kinoteka.catalog.changes;

import static kinoteka.catalog.changes.LimitedListenersIT.CREDENTIAL;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.function.Consumer;
import kinoteka.catalog.Bearer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.test.web.reactive.server.WebTestClient;

@LimitedListenersIT
class ListenerLimitsIT {

    private final Deque<EventStream> open = new ArrayDeque<>();

    @Autowired
    private MeterRegistry metrics;

    @LocalServerPort
    private int port;

    @BeforeEach
    @AfterEach
    void closeAll() {
        open.forEach(EventStream::close);
        await().atMost(Duration.ofSeconds(10)).until(() -> listeners() == 0 && clients() == 0);
    }

    @Test
    void aClientThatHasTheMaximumIsRejectedUntilItClosesOne() {
        open(forwarded("203.0.113.7"), 3);

        assertRejected(forwarded("203.0.113.7"), 429, "too-many-streams");

        open.pop().close();
        await().atMost(Duration.ofSeconds(10)).until(() -> listeners() == 2);
        open(forwarded("203.0.113.7"), 1);
        assertThat(open).allSatisfy(stream -> assertThat(stream.events()).containsExactly("caught_up {}"));
    }

    @Test
    void oneClientCannotTakeTheSlotsOfAnother() {
        open(forwarded("203.0.113.7"), 3);

        open(forwarded("203.0.113.8"), 1);
        open(forwarded("203.0.113.7").andThen(Bearer.customer(7)), 3);
        open(forwarded("203.0.113.7").andThen(Bearer.customer(8)), 1);

        assertRejected(forwarded("198.51.100.1").andThen(Bearer.customer(7)), 429, "too-many-streams");
    }

    @Test
    void addressesOfOneNetworkAreOneClient() {
        open(forwarded("2001:db8::1"), 1);
        open(forwarded("2001:db8:0:2::2"), 1);
        open(forwarded("2001:db8::3"), 1);

        assertRejected(forwarded("2001:db8::4"), 429, "too-many-streams");
        open(forwarded("2001:db8:0:100::1"), 1);
    }

    @Test
    void aClientCannotChooseItsAddressPastTheGateway() {
        open(headers -> headers.set("X-Forwarded-For", "203.0.113.1"), 1);
        open(headers -> headers.set("X-Forwarded-For", "203.0.113.2"), 1);
        open(headers -> headers.set("X-Forwarded-For", "203.0.113.3"), 1);

        assertRejected(headers -> headers.set("X-Forwarded-For", "203.0.113.4"), 429, "too-many-streams");
    }

    @Test
    void gatewaysHaveSlotsThatNobodyElseCanTake() {
        for (var client = 1; client <= 4; client++) {
            open(forwarded("203.0.113." + client), 3);
        }
        assertRejected(forwarded("203.0.113.5"), 503, "overloaded");
        assertRejected(forwarded("203.0.113.6").andThen(Bearer.admin()), 503, "overloaded");
        assertRejected(gateway().andThen(forwarded("203.0.113.7")), 503, "overloaded");

        open(gateway(), 2);
        assertRejected(gateway(), 503, "overloaded");

        assertThat(listeners("anonymous")).isEqualTo(12);
        assertThat(listeners("gateway")).isEqualTo(2);
        assertThat(clients()).isEqualTo(5);
    }

    @Test
    void gatewaysMayHaveMoreThanOneClientMay() {
        open(gateway(), 4);

        assertThat(listeners("gateway")).isEqualTo(4);
    }

    @Test
    void countsListenersAndRejectionsByKind() {
        open(forwarded("203.0.113.7").andThen(Bearer.customer(7)), 3);
        var before = rejected("authenticated", "client");

        assertRejected(forwarded("203.0.113.7").andThen(Bearer.customer(7)), 429, "too-many-streams");

        assertThat(rejected("authenticated", "client")).isEqualTo(before + 1);
        assertThat(listeners("authenticated")).isEqualTo(3);
        assertThat(clients()).isEqualTo(1);
    }

    private void open(Consumer<HttpHeaders> client, int streams) {
        for (var i = 0; i < streams; i++) {
            open.push(EventStream.openAs(client, port).awaitEvent("caught_up"));
        }
    }

    private void assertRejected(Consumer<HttpHeaders> client, int status, String problem) {
        WebTestClient.bindToServer()
                .baseUrl("http://localhost:" + port)
                .build()
                .get()
                .uri("/api/changes")
                .headers(client)
                .exchange()
                .expectStatus()
                .isEqualTo(status)
                .expectHeader()
                .contentType(MediaType.APPLICATION_PROBLEM_JSON)
                .expectHeader()
                .valueEquals(HttpHeaders.RETRY_AFTER, "1")
                .expectBody()
                .jsonPath("$.type")
                .isEqualTo("/problems/" + problem);
    }

    private static Consumer<HttpHeaders> forwarded(String address) {
        return headers -> {
            headers.set("Gateway-Credential", "forwarded " + CREDENTIAL);
            headers.set("X-Forwarded-For", address);
        };
    }

    private static Consumer<HttpHeaders> gateway() {
        return headers -> headers.set("Gateway-Credential", "own " + CREDENTIAL);
    }

    private double listeners() {
        return metrics.get("changes.listeners").gauges().stream()
                .mapToDouble(Gauge::value)
                .sum();
    }

    private double listeners(String kind) {
        return metrics.get("changes.listeners").tag("client", kind).gauge().value();
    }

    private double clients() {
        return metrics.get("changes.clients").gauge().value();
    }

    private double rejected(String kind, String limit) {
        var counter = metrics.find("changes.listeners.rejected")
                .tag("client", kind)
                .tag("limit", limit)
                .counter();
        return counter == null ? 0 : counter.count();
    }
}
