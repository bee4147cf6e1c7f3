package kinoteka.catalog.database.server;

import java.time.Duration;
import java.util.function.LongSupplier;
import reactor.core.Disposable;
import reactor.core.Disposables;
import reactor.core.publisher.Flux;

/** Asks every server for its state, again and again, and sooner when a request has lost one. */
final class ServerChecks {

    /** How soon a check follows when somebody requests one. */
    private static final Duration TICK = Duration.ofMillis(50);

    private final Servers servers;
    private final Duration interval;
    private final LongSupplier nanoTime;
    private volatile long requestedAt;
    private Disposable work = Disposables.disposed();

    ServerChecks(Servers servers, Duration interval, LongSupplier nanoTime) {
        this.servers = servers;
        this.interval = interval;
        this.nanoTime = nanoTime;
        this.requestedAt = nanoTime.getAsLong();
    }

    /** Has the servers checked soon; many requests make one check. */
    void request() {
        requestedAt = nanoTime.getAsLong();
    }

    synchronized void start() {
        work = Flux.fromIterable(servers.all())
                .flatMap(this::checkRepeatedly, Math.max(1, servers.all().size()))
                .publish()
                .connect();
    }

    synchronized void stop() {
        work.dispose();
        work = Disposables.disposed();
        Disposable unused = Flux.fromIterable(servers.all())
                .flatMap(Server::disconnect)
                .publish()
                .connect();
    }

    synchronized boolean isRunning() {
        return !work.isDisposed();
    }

    private Flux<ServerState> checkRepeatedly(Server server) {
        var last = new long[] {nanoTime.getAsLong() - interval.toNanos()};
        return Flux.interval(Duration.ZERO, TICK)
                .onBackpressureDrop()
                .filter(tick -> isDue(last[0]))
                .concatMap(
                        tick -> {
                            last[0] = nanoTime.getAsLong();
                            return server.check(interval.multipliedBy(2), last[0])
                                    .doOnNext(servers::onChecked);
                        },
                        1);
    }

    private boolean isDue(long last) {
        return nanoTime.getAsLong() - last >= interval.toNanos() || requestedAt - last > 0;
    }
}
