package kinoteka.gateway.testing;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.assertj.core.api.Assertions;

/**
 * Clients that send a request each and disconnect at a random moment: before, during or after the response. Requests and addresses take
 * turns.
 *
 * @param addresses addresses of the clients
 * @param requests what the clients send, as it is on the wire
 * @param longestStay the longest time from the sending to the disconnection
 */
public record ImpatientClients(int port, List<String> addresses, List<String> requests, Duration longestStay) {

    private static final int CONCURRENT = 16;

    /** Lets this number of clients come and go. Returns when the last one has left. */
    public void comeAndGo(int number) throws InterruptedException {
        var random = new Random(number);
        try (var clients = Executors.newFixedThreadPool(CONCURRENT)) {
            IntStream.range(0, number).forEach(i -> {
                var address = addresses.get(i % addresses.size());
                var request = requests.get(i % requests.size());
                var stay = random.nextLong(longestStay.toNanos());
                clients.execute(() -> sendAndDisconnect(address, request, stay));
            });
            clients.shutdown();
            Assertions.assertThat(clients.awaitTermination(2, TimeUnit.MINUTES)).isTrue();
        }
    }

    private void sendAndDisconnect(String address, String request, long stay) {
        try (var wire = Wire.from(address, port)) {
            wire.send(request);
            TimeUnit.NANOSECONDS.sleep(stay);
        } catch (IOException closed) {
            // by the gateway, which may have rejected the request
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
