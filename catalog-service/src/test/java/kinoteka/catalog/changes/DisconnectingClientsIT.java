package kinoteka.catalog.changes;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static kinoteka.catalog.changes.LimitedListenersIT.CREDENTIAL;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executor;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import kinoteka.catalog.Bearer;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.web.server.WebFilter;

/** Hundreds of clients that connect and disconnect at random moments, more at once than there are slots. */
@LimitedListenersIT
class DisconnectingClientsIT {

    private static final int CLIENTS = 400;
    private static final int STATUS_LINE = 12; // HTTP/1.1 200
    private static final String TOKEN = Bearer.token("7", "customer");

    @Autowired
    private MeterRegistry metrics;

    @LocalServerPort
    private int port;

    private final Random random = new Random(1);
    private final Set<String> statuses = ConcurrentHashMap.newKeySet();
    private final Queue<IOException> failures = new ConcurrentLinkedQueue<>();
    private final AtomicInteger disconnected = new AtomicInteger();

    /** Any other order would cancel statements in the middle, which {@code DisconnectFilter} holds back. */
    @Test
    void areNoticedByTheOutermostFilterFirst(@Autowired List<WebFilter> filters) {
        assertThat(filters.getFirst().getClass().getSimpleName()).isEqualTo("AbandonedBodies");
    }

    @Test
    void leaveNoSlotTaken() throws Exception {
        try (var undisturbed = EventStream.open(port).awaitEvent("caught_up");
                var executor = Executors.newFixedThreadPool(16)) {
            await().atMost(Duration.ofSeconds(10)).until(() -> listeners() == 1);
            for (var i = 0; i < CLIENTS; i++) {
                plan(i, executor);
            }
            await().atMost(Duration.ofSeconds(60)).until(() -> disconnected.get() + failures.size() == CLIENTS);
            assertThat(failures).isEmpty();

            await().atMost(Duration.ofSeconds(10)).until(() -> listeners() == 1 && clients() == 1);
            assertThat(statuses).contains("HTTP/1.1 200").isSubsetOf("HTTP/1.1 200", "HTTP/1.1 429", "HTTP/1.1 503");
            assertThat(undisturbed.events()).containsExactly("caught_up {}");
        }
        IntStream.range(0, 4).forEach(this::assertThatAllSlotsAreFree);
    }

    private void assertThatAllSlotsAreFree(int client) {
        await().atMost(Duration.ofSeconds(10)).until(() -> listeners() == 0);
        var streams = new ArrayList<EventStream>();
        try {
            for (var i = 0; i < 3; i++) {
                streams.add(EventStream.openAs(
                        headers -> {
                            headers.set("Gateway-Credential", "forwarded " + CREDENTIAL);
                            headers.set("X-Forwarded-For", "203.0.113." + client);
                        },
                        port));
            }
        } finally {
            streams.forEach(EventStream::close);
        }
    }

    /** Connects after a random time, does one of several things, and disconnects after another random time. */
    private void plan(int number, Executor executor) {
        var behaviour = random.nextInt(5);
        var arrival = random.nextInt(2000);
        var stay = random.nextInt(100);
        var request = request(number);
        after(arrival, executor, () -> {
            var socket = connect(behaviour, request);
            after(stay, executor, () -> {
                socket.close();
                disconnected.incrementAndGet();
            });
        });
    }

    private void after(int milliseconds, Executor executor, Step step) {
        CompletableFuture.delayedExecutor(milliseconds, TimeUnit.MILLISECONDS, executor)
                .execute(() -> {
                    try {
                        step.run();
                    } catch (IOException e) {
                        failures.add(e);
                    }
                });
    }

    private Socket connect(int behaviour, byte[] request) throws IOException {
        var socket = new Socket();
        socket.connect(new InetSocketAddress("localhost", port));
        socket.setSoTimeout(20_000);
        var out = socket.getOutputStream();
        switch (behaviour) {
            case 0 -> {} // sends nothing
            case 1 -> out.write(request, 0, request.length / 2);
            case 2 -> out.write(request);
            case 3 -> {
                out.write(request);
                socket.setSoLinger(true, 0); // closes with a reset
            }
            default -> {
                out.write(request);
                statuses.add(new String(socket.getInputStream().readNBytes(STATUS_LINE), US_ASCII));
            }
        }
        return socket;
    }

    private static byte[] request(int number) {
        var kind = number % 10;
        var client =
                switch (kind) {
                    case 8 -> "Gateway-Credential: own " + CREDENTIAL + "\r\n";
                    case 9 -> "Authorization: Bearer " + TOKEN + "\r\n";
                    default ->
                        "Gateway-Credential: forwarded " + CREDENTIAL + "\r\nX-Forwarded-For: 203.0.113." + kind
                                + "\r\n";
                };
        return ("GET /api/changes HTTP/1.1\r\nHost: localhost\r\n" + client + "\r\n").getBytes(US_ASCII);
    }

    private double listeners() {
        return metrics.get("changes.listeners").gauges().stream()
                .mapToDouble(Gauge::value)
                .sum();
    }

    private double clients() {
        return metrics.get("changes.clients").gauge().value();
    }

    private interface Step {
        void run() throws IOException;
    }
}
