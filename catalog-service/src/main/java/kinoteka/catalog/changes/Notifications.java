package kinoteka.catalog.changes;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.r2dbc.postgresql.api.Notification;
import io.r2dbc.postgresql.api.PostgresqlConnection;
import io.r2dbc.postgresql.api.PostgresqlResult;
import io.r2dbc.spi.ConnectionFactory;
import java.io.IOException;
import java.time.Duration;
import java.util.UUID;
import kinoteka.catalog.database.UnpooledConnections;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;
import org.springframework.stereotype.Component;
import reactor.core.Disposable;
import reactor.core.Disposables;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.util.retry.Retry;

/**
 * Hears PostgreSQL's notifications over a connection of its own, for as long as the service runs. That the connection leads
 * to the primary and that nothing is lost on it is known by a notification that the service sends itself: a standby refuses
 * it, and one that does not come back came from a server that is dead.
 */
@Component
class Notifications implements SmartLifecycle {

    private static final Logger LOG = LoggerFactory.getLogger(Notifications.class);
    private static final Duration FIRST_PAUSE = Duration.ofMillis(100);
    private static final String CHANGES = "kinoteka_changes";

    private final String heartbeats = "kinoteka_heartbeat_" + UUID.randomUUID();
    private final Broadcast broadcast;
    private final ConnectionFactory connections;
    private final ChangesSettings settings;
    private final Duration patience;
    private final Counter reconnects;
    private volatile State state = State.STARTING;
    private Disposable work = Disposables.disposed();

    private enum State {
        STARTING,
        HEARING,
        DEAF
    }

    Notifications(
            Broadcast broadcast, UnpooledConnections connections, ChangesSettings settings, MeterRegistry metrics) {
        this.broadcast = broadcast;
        this.connections = connections.named().apply("changes");
        this.settings = settings;
        this.patience = settings.databaseHeartbeat().multipliedBy(2);
        this.reconnects = Counter.builder("changes.reconnects")
                .description("Times that changes were heard of again after they were not")
                .register(metrics);
    }

    /** The one pipeline that belongs to no request: connected here, ended by {@link #stop}. */
    @Override
    public synchronized void start() {
        broadcast.open();
        state = State.STARTING;
        var hearing = hear().doOnError(this::lost)
                .retryWhen(Retry.backoff(Long.MAX_VALUE, FIRST_PAUSE)
                        .maxBackoff(settings.longestPause())
                        .transientErrors(true));
        var beating = Flux.interval(settings.heartbeat()).doOnNext(beat -> broadcast.heartbeat());
        work = Flux.merge(hearing.then(), beating.then()).publish().connect();
    }

    /** The first to stop, before the web server begins to wait for the streams to end. */
    @Override
    public synchronized void stop() {
        work.dispose();
        broadcast.close();
    }

    @Override
    public synchronized boolean isRunning() {
        return !work.isDisposed();
    }

    private Flux<Notification> hear() {
        return Flux.usingWhen(
                Mono.from(connections.create()).cast(PostgresqlConnection.class).timeout(patience),
                this::hear,
                connection -> connection.close().timeout(patience).onErrorComplete());
    }

    private Flux<Notification> hear(PostgresqlConnection connection) {
        var heard = connection
                .getNotifications()
                .onBackpressureBuffer() // the driver drops what is not asked for
                .timeout(patience)
                .doOnNext(this::heard)
                .concatWith(Mono.error(() -> new IOException("the connection was closed")));
        var beats = Flux.interval(Duration.ZERO, settings.databaseHeartbeat())
                .onBackpressureDrop()
                .concatMap(beat -> execute(connection, "notify \"" + heartbeats + "\""), 1);
        // A heartbeat need not reach a disk nor a synchronous standby: it changes nothing.
        var listen = execute(
                connection, "set synchronous_commit = off; listen " + CHANGES + "; listen \"" + heartbeats + "\"");
        return Flux.merge(heard, listen.thenMany(beats).cast(Notification.class));
    }

    private static Mono<Void> execute(PostgresqlConnection connection, String sql) {
        return connection
                .createStatement(sql)
                .execute()
                .flatMap(PostgresqlResult::getRowsUpdated)
                .then();
    }

    private void heard(Notification notification) {
        if (notification.getName().equals(heartbeats)) {
            if (state == State.DEAF) {
                LOG.info("Changes are heard of again");
                reconnects.increment();
            }
            state = State.HEARING;
            broadcast.caughtUp();
        } else {
            Change.read(String.valueOf(notification.getParameter()))
                    .ifPresentOrElse(broadcast::tell, () -> misunderstood(notification));
        }
    }

    /** Something has changed, and nobody can say what. */
    private void misunderstood(Notification notification) {
        LOG.warn(
                "A notification is not understood: {} (expected: what the triggers write)",
                notification.getParameter());
        broadcast.missed("A notification of the database was not understood.");
    }

    private void lost(Throwable failure) {
        broadcast.missed("The database does not answer.");
        if (state != State.DEAF) {
            state = State.DEAF;
            LOG.warn("Changes are not heard of until the database answers again: {}", failure.toString());
        }
    }
}
