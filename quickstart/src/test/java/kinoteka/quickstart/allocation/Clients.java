package kinoteka.quickstart.allocation;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.LongFunction;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** Clients of a service. Each has one connection, which it keeps, and sends a request as soon as it has the response to the one before. */
public final class Clients implements AutoCloseable {

    private final URI service;
    private final List<String> headers;
    private final List<HttpClient> clients;
    private final ExecutorService threads;

    public Clients(int count, int port, Map<String, String> headers) {
        this.service = URI.create("http://localhost:" + port);
        this.headers = headers.entrySet().stream()
                .flatMap(header -> Stream.of(header.getKey(), header.getValue()))
                .toList();
        this.clients = Stream.generate(() -> HttpClient.newBuilder()
                        .version(HttpClient.Version.HTTP_1_1)
                        .build())
                .limit(count)
                .toList();
        this.threads = Executors.newFixedThreadPool(count);
    }

    /**
     * Sends requests until each client has sent its share, and expects success of each.
     *
     * @param after the number before that of the first request
     * @param targets path and query of each request by its number
     */
    public void send(int after, int requests, LongFunction<String> targets)
            throws InterruptedException, ExecutionException {
        var shares = IntStream.range(0, clients.size())
                .<Future<?>>mapToObj(client -> threads.submit(() -> {
                    for (var number = client + 1; number <= requests; number += clients.size()) {
                        send(clients.get(client), targets.apply(after + number));
                    }
                    return client;
                }))
                .toList();
        for (var share : shares) {
            share.get();
        }
    }

    private void send(HttpClient client, String target) throws IOException, InterruptedException {
        var request = HttpRequest.newBuilder(service.resolve(target));
        if (!headers.isEmpty()) {
            request.headers(headers.toArray(String[]::new));
        }
        var response = client.send(request.build(), BodyHandlers.discarding());
        assertThat(response.statusCode()).as(target).isEqualTo(200);
    }

    @Override
    public void close() {
        threads.close();
        clients.forEach(HttpClient::close);
    }
}
