package kinoteka.gateway.upstream;

import java.net.ConnectException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.springframework.context.SmartLifecycle;
import org.springframework.stereotype.Component;
import reactor.core.Disposable;
import reactor.core.Disposables;
import reactor.core.scheduler.Schedulers;

/**
 * Asks every address again and again whether it answers. With a client of its own: what is slow or full between clients
 * and the catalogue must not look like a catalogue that is away.
 */
@Component
class Probe implements SmartLifecycle {

    private static final int OK = 200;

    private final Addresses addresses;
    private final Duration interval;
    private final Duration patience;
    private @Nullable HttpClient http;
    private Disposable asking = Disposables.disposed();

    Probe(Addresses addresses, UpstreamSettings settings) {
        this.addresses = addresses;
        this.interval = settings.probe().interval();
        this.patience = settings.connectTimeout();
    }

    @Override
    public void start() {
        var client = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .connectTimeout(patience)
                .build();
        http = client;
        asking = Schedulers.boundedElastic()
                .schedulePeriodically(
                        () -> addresses.all().forEach(address -> ask(client, address)),
                        0,
                        interval.toMillis(),
                        TimeUnit.MILLISECONDS);
    }

    private void ask(HttpClient client, Address address) {
        var request =
                HttpRequest.newBuilder(address.of("/ping")).timeout(patience).build();
        var unused = client.sendAsync(request, BodyHandlers.discarding()).handle((answer, failure) -> {
            if (failure instanceof ConnectException) {
                address.isUnreachable(failure);
            } else if (failure != null) {
                address.fails(failure.toString());
            } else if (answer.statusCode() == OK) {
                address.answers();
            } else {
                address.fails("status " + answer.statusCode());
            }
            return address;
        });
    }

    @Override
    public void stop() {
        asking.dispose();
        if (http != null) {
            http.shutdownNow();
        }
    }

    @Override
    public boolean isRunning() {
        return !asking.isDisposed();
    }
}
