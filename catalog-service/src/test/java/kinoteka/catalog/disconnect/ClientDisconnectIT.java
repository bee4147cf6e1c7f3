package kinoteka.catalog.disconnect;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import ch.qos.logback.classic.Level;
import io.micrometer.core.instrument.MeterRegistry;
import java.io.IOException;
import java.net.Socket;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import kinoteka.catalog.Bearer;
import kinoteka.catalog.LogLines;
import kinoteka.catalog.RealPostgres;
import kinoteka.catalog.Samples;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.test.context.ContextConfiguration;

/** The pool is large, so that no request of these waits for a connection. */
@SpringBootTest(
        webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT,
        properties = {"management.server.port=0", "kinoteka.catalog.database.pool.size=24"})
@ContextConfiguration(initializers = RealPostgres.class)
class ClientDisconnectIT {

    private static final int CLIENTS = 480;
    private static final int AT_ONCE = 12;
    private static final int LONG_LIST = 60_000; // more bytes than the buffers of a connection take in

    @Autowired
    private MeterRegistry metrics;

    @LocalServerPort
    private int port;

    private long movie;
    private long customer;

    @BeforeEach
    void makeSamples() throws Exception {
        await().until(() -> active() == 0); // requests of the test before
        movie = Samples.stalker();
        customer = Samples.customer();
    }

    @Test
    void isNotLoggedAsAFailureWhateverTheRequestAndTheMoment() throws Exception {
        startSessions(LONG_LIST);
        var requests = requests();
        for (var request : requests) {
            readFirstByte(request); // so that the service is not slower than its clients
        }
        try (var log = LogLines.ofAll();
                var clients = Executors.newFixedThreadPool(AT_ONCE)) {
            for (int i = 0; i < CLIENTS; i++) {
                var request = requests.get(i % requests.size());
                var random = new Random(i);
                clients.execute(() -> sendAndDisconnect(request, random));
            }
            clients.shutdown();
            assertThat(clients.awaitTermination(2, TimeUnit.MINUTES)).isTrue();

            await().atMost(Duration.ofSeconds(30)).until(() -> active() == 0);
            await().during(Duration.ofMillis(1500))
                    .atMost(Duration.ofSeconds(30))
                    .untilAsserted(() -> assertThat(log.failures()).isEmpty());
        }
        assertThat(disconnects("request")).isGreaterThan(CLIENTS / 10.0);
        assertThat(disconnects("response")).isPositive();
    }

    @Test
    void isCountedWhileTheBodyOfTheRequestIsIncomplete() throws Exception {
        readFirstByte(requests().getFirst());
        var before = disconnects("request");

        try (var log = LogLines.of("kinoteka.catalog", Level.DEBUG)) {
            for (var reset : List.of(true, false)) {
                try (var client = connect(reset)) {
                    send(client, post("Content-Length: 40\r\n", "{\"customer_id\":"));
                    awaitActive(1);
                }
                try (var client = connect(reset)) {
                    send(client, post("Transfer-Encoding: chunked\r\n", "5\r\n{\"cus\r\n"));
                    awaitActive(1);
                }
            }

            await().untilAsserted(() -> assertThat(disconnects("request")).isEqualTo(before + 4));
            assertThat(log.failures()).isEmpty();
            assertThat(log.messages())
                    .filteredOn("DEBUG POST /api/session: the client disconnected before the response"::equals)
                    .hasSize(4);
        }
    }

    @Test
    void isCountedWhileTheClientReadsTheResponse() throws Exception {
        startSessions(LONG_LIST);
        var before = disconnects("response");

        try (var log = LogLines.of("kinoteka.catalog", Level.DEBUG)) {
            try (var client = connect(true)) {
                client.setReceiveBufferSize(4096);
                send(client, get("/api/session?limit=100000"));
                assertThat(client.getInputStream().readNBytes(4096)).hasSize(4096);
            }

            await().untilAsserted(() -> assertThat(disconnects("response")).isEqualTo(before + 1));
            assertThat(log.failures()).isEmpty();
            assertThat(log.messages()).contains("DEBUG GET /api/session: the client disconnected during the response");
        }
    }

    private List<String> requests() {
        var session = "{\"customer_id\":%d,\"movie_id\":%d}".formatted(customer, movie);
        var edit = "{\"year\":1980}";
        return List.of(
                get("/api/movie?limit=100"),
                get("/api/session?limit=100000"),
                get("/api/session?limit=1000"),
                get("/api/movie/" + movie),
                get("/api/movie/" + movie + "?include=staff,awards,offers"),
                get("/api/changes"),
                get("/no/such/path"),
                post("Content-Length: " + session.length() + "\r\n", session),
                post("Content-Length: " + session.length() + "\r\n", session.substring(0, 10)),
                post("Transfer-Encoding: chunked\r\n", "5\r\n{\"cus\r\n"),
                post("Content-Length: 9\r\n", "{\"broken\""),
                request("PATCH", "/api/movie/" + movie, "Content-Length: " + edit.length() + "\r\n", edit));
    }

    private void sendAndDisconnect(String request, Random random) {
        try (var client = connect(random.nextBoolean())) {
            client.setReceiveBufferSize(4096);
            client.setSoTimeout(50);
            send(client, request);
            if (random.nextInt(3) == 0) {
                client.getInputStream().readNBytes(random.nextInt(5000));
            } else {
                LockSupport.parkNanos(random.nextLong(40_000_000));
            }
        } catch (IOException e) {
            // the service may have closed the connection first, or not have answered yet
        }
    }

    private void readFirstByte(String request) throws IOException {
        if (request.contains("{\"cus") && !request.contains("\"movie_id\"")) {
            return; // incomplete: the service waits for the rest
        }
        try (var client = connect(true)) {
            send(client, request);
            assertThat(client.getInputStream().read()).isEqualTo('H');
        }
    }

    private Socket connect(boolean reset) throws IOException {
        var client = new Socket("localhost", port);
        if (reset) {
            client.setSoLinger(true, 0);
        }
        return client;
    }

    private static void send(Socket client, String request) throws IOException {
        client.getOutputStream().write(request.getBytes(UTF_8));
    }

    private static String get(String target) {
        return request("GET", target, "", "");
    }

    private static String post(String framing, String body) {
        return request("POST", "/api/session", framing, body);
    }

    private static String request(String method, String target, String framing, String body) {
        return method + " " + target + " HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer "
                + Bearer.token("admin", "admin") + "\r\nContent-Type: application/json\r\n" + framing + "\r\n" + body;
    }

    private void startSessions(int count) throws Exception {
        RealPostgres.ask("""
                with begun as (
                    insert into sessions (customer_id, movie_id, movie_year, movie_title)
                    select ?, m.id, m.year, m.title from movies m, generate_series(1, ?) where m.id = ? returning 1)
                select count(*) from begun
                """, customer, count, movie);
    }

    private void awaitActive(int requests) {
        await().until(() -> active() >= requests);
    }

    /** The timers are registered with the first request. */
    private int active() {
        return metrics.find("http.server.requests.active").longTaskTimers().stream()
                .mapToInt(timer -> timer.activeTasks())
                .sum();
    }

    private double disconnects(String phase) {
        return metrics.get("client.disconnects").tag("phase", phase).counter().count();
    }
}
