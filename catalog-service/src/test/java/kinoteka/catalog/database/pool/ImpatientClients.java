package kinoteka.catalog.database.pool;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.concurrent.locks.LockSupport;

/** Real clients that send a request and reset the connection at a random moment. */
final class ImpatientClients {

    private static final int AT_THE_SAME_TIME = 64;

    private final int port;
    private final Random random;

    ImpatientClients(int port, long seed) {
        this.port = port;
        this.random = new Random(seed);
    }

    /** Sends {@code count} of these requests in turn and leaves each at most this long after it was sent. */
    void send(List<String> requests, int count, Duration longest) throws InterruptedException {
        var permits = new Semaphore(AT_THE_SAME_TIME);
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int i = 0; i < count; i++) {
                var request = requests.get(i % requests.size());
                var pause = random.nextLong(longest.toNanos());
                permits.acquire();
                threads.execute(() -> {
                    try {
                        sendAndLeave(request, pause);
                    } finally {
                        permits.release();
                    }
                });
            }
        }
    }

    private void sendAndLeave(String request, long nanos) {
        try (var client = new Socket("localhost", port)) {
            client.setReceiveBufferSize(4096);
            client.setSoLinger(true, 0);
            client.getOutputStream().write(request.getBytes(StandardCharsets.UTF_8));
            LockSupport.parkNanos(nanos);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
