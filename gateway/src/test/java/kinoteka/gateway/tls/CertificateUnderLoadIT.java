package kinoteka.gateway.tls;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import kinoteka.gateway.testing.CertificateFolder;
import kinoteka.gateway.testing.GatewayTest;
import kinoteka.gateway.testing.Wire;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;

/** Clients send requests one after the other, on new and on old connections, while the certificate is replaced again and again. */
@GatewayTest
class CertificateUnderLoadIT {

    private static final CertificateFolder FOLDER = new CertificateFolder();
    private static final Duration TIMEOUT = Duration.ofSeconds(20);
    private static final String GET = "GET /api/movie/1 HTTP/1.1\r\nHost: a\r\n\r\n";
    private static final int RENEWALS = 5;
    private static final int REQUESTS = 10;

    private final int port;
    private final AtomicInteger onNewConnections = new AtomicInteger();
    private final AtomicInteger onOldConnections = new AtomicInteger();
    private final Queue<Object> failures = new ConcurrentLinkedQueue<>();
    private volatile boolean isOver;

    CertificateUnderLoadIT(@Autowired TlsServer server) {
        this.port = server.port();
    }

    @DynamicPropertySource
    static void settings(DynamicPropertyRegistry registry) throws Exception {
        FOLDER.configure(registry, "first");
    }

    @Test
    void noRequestFailsWhileTheCertificateIsReplaced() throws Exception {
        try (var old = Wire.tls(port);
                var other = Wire.tls(port)) {
            var clients = Stream.of(old, other)
                    .map(wire -> start(() -> statusOn(wire), onOldConnections))
                    .toList();
            var newcomers = List.of(
                    start(this::statusOnANewConnection, onNewConnections),
                    start(this::statusOnANewConnection, onNewConnections));

            for (var renewal = 1; renewal <= RENEWALS; renewal++) {
                var name = "renewed" + renewal;
                FOLDER.holds(CertificateFolder.certificateOf(name));
                Awaitility.await().atMost(TIMEOUT).until(() -> subjectOfTheServer()
                        .equals("CN=" + name));
                awaitMore(onNewConnections);
                awaitMore(onOldConnections);
            }

            isOver = true;
            for (var client :
                    Stream.concat(clients.stream(), newcomers.stream()).toList()) {
                client.join();
            }
        }
        assertThat(failures).isEmpty();
    }

    private Thread start(Callable<Integer> client, AtomicInteger count) {
        return Thread.ofVirtual().start(() -> {
            while (!isOver) {
                try {
                    var status = client.call();
                    if (status != 200) {
                        failures.add(status);
                    }
                } catch (Exception failure) {
                    failures.add(failure);
                    return;
                }
                count.incrementAndGet();
            }
        });
    }

    private static int statusOn(Wire wire) throws IOException {
        return wire.send(GET).answer().status();
    }

    private int statusOnANewConnection() throws IOException {
        try (var wire = Wire.tls(port)) {
            return statusOn(wire);
        }
    }

    private static void awaitMore(AtomicInteger count) {
        var before = count.get();
        Awaitility.await().atMost(TIMEOUT).until(() -> count.get() >= before + REQUESTS);
    }

    private String subjectOfTheServer() throws IOException {
        try (var wire = Wire.tls(port)) {
            return wire.subjectOfTheServer();
        }
    }
}
