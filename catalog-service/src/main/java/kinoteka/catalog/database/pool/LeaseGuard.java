package kinoteka.catalog.database.pool;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;
import org.springframework.context.SmartLifecycle;
import reactor.core.Disposable;
import reactor.core.Disposables;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * Closes connections whose server is lost or does not respond, those that are held for too long, and those that have not come back half a second after their request was served,
 * failed or lost its client. It relies neither on the driver nor on the operators between the pool and the request.
 */
public final class LeaseGuard implements SmartLifecycle {

    private static final Logger LOG = LoggerFactory.getLogger(LeaseGuard.class);
    private static final Duration INTERVAL = Duration.ofMillis(200);

    /** How long a connection may take to come back once its request does not need it any more. */
    private static final Duration AFTER_REQUEST = Duration.ofMillis(500);

    private enum Reason {
        /** The request held it longer than the lease timeout. */
        TIMEOUT,
        /** The server has not responded to a statement within the response timeout. */
        NO_RESPONSE,
        /** The server was found to be unreachable, or is not the primary any more. */
        SERVER_LOST,
        /** The request is over; mostly because its client disconnected in the middle of a slow statement. */
        REQUEST_OVER
    }

    private final List<ConnectionLeases> pools;
    private final ConnectionRetirement retirement;
    private final MeterRegistry metrics;
    private Disposable work = Disposables.disposed();

    public LeaseGuard(List<ConnectionLeases> pools, ConnectionRetirement retirement, MeterRegistry metrics) {
        this.pools = List.copyOf(pools);
        this.retirement = retirement;
        this.metrics = metrics;
        pools.forEach(pool -> Arrays.stream(Reason.values()).forEach(reason -> closed(pool, reason)));
    }

    @Override
    public synchronized void start() {
        work = Flux.interval(INTERVAL)
                .onBackpressureDrop()
                .concatMap(tick -> closeOverdue())
                .publish()
                .connect();
    }

    @Override
    public synchronized void stop() {
        work.dispose();
    }

    @Override
    public synchronized boolean isRunning() {
        return !work.isDisposed();
    }

    private Flux<Void> closeOverdue() {
        return Flux.fromIterable(pools)
                .flatMap(pool -> Flux.merge(
                        Flux.fromStream(pool::timedOut).flatMap(lease -> close(pool, lease, Reason.TIMEOUT)),
                        Flux.fromStream(pool::lost).flatMap(lease -> close(pool, lease, Reason.SERVER_LOST)),
                        Flux.fromStream(pool::silent)
                                .doOnNext(lease -> retirement.suspectAll())
                                .flatMap(lease -> close(pool, lease, Reason.NO_RESPONSE)),
                        Flux.fromStream(() -> pool.forgotten(AFTER_REQUEST))
                                .flatMap(lease -> close(pool, lease, Reason.REQUEST_OVER))));
    }

    private Mono<Void> close(ConnectionLeases pool, LeasedConnection lease, Reason reason) {
        return Mono.defer(() -> {
            LOG.atLevel(reason == Reason.REQUEST_OVER ? Level.DEBUG : Level.WARN)
                    .log(
                            "Closed a connection of {} that was held for {} ms. Its last statement: {}",
                            pool.name(),
                            pool.age(lease).toMillis(),
                            String.valueOf(lease.statement()).strip().replaceAll("\\s+", " "));
            closed(pool, reason).increment();
            return lease.closeByForce().onErrorComplete();
        });
    }

    private Counter closed(ConnectionLeases pool, Reason reason) {
        return Counter.builder("r2dbc.pool.closed.by.force")
                .description("Connections that were held for too long, or that did not come back after their request")
                .baseUnit("connections")
                .tag("name", pool.name())
                .tag("reason", reason.name().toLowerCase(Locale.ROOT))
                .register(metrics);
    }
}
