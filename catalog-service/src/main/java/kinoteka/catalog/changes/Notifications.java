package kinoteka.catalog.changes;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.r2dbc.postgresql.api.Notification;
import io.r2dbc.postgresql.api.PostgresqlConnection;
import io.r2dbc.postgresql.api.PostgresqlResult;
import java.io.IOException;
import java.time.Duration;
import java.util.UUID;
import kinoteka.catalog.database.UnpooledConnections;
import kinoteka.catalog.database.pool.ConnectionSource;
import kinoteka.catalog.database.pool.OpenConnection;
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
 * Receives PostgreSQL's notifications over a connection of its own, for as long as the service runs. The service also sends
 * notifications to itself as heartbeats: they prove that the connection leads to the primary and that no notification is lost
 * on it. A standby rejects them, and from a dead server they do not return.
 */
@Component
class Notifications implements SmartLifecycle {

    private static final Logger LOG = LoggerFactory.getLogger(Notifications.class);
    private static final Duration MIN_RECONNECT_INTERVAL = Duration.ofMillis(100);
    private static final String CHANGES = "kinoteka_changes";

    private final String heartbeats = "kinoteka_heartbeat_" + UUID.randomUUID();
    private final Broadcast broadcast;
    private final ConnectionSource connections;
    private final ChangesSettings settings;
    private final Duration timeout;
    private final Counter reconnects;
    private volatile State state = State.STARTING;
    private Disposable pipeline = Disposables.disposed();

    private enum State {
        STARTING,
        LISTENING,
        DISCONNECTED
    }

    Notifications(
            Broadcast broadcast, UnpooledConnections connections, ChangesSettings settings, MeterRegistry metrics) {
        this.broadcast = broadcast;
        this.connections = connections.named().apply("changes");
        this.settings = settings;
        this.timeout = settings.databaseHeartbeatInterval().multipliedBy(2);
        this.reconnects = Counter.builder("changes.reconnects")
                .description("Times that the service received notifications again after a disconnection")
                .register(metrics);
    }

    /** Starts the one pipeline that belongs to no request; {@link #stop} ends it. */
    @Override
    public synchronized void start() {
        broadcast.open();
        state = State.STARTING;
        var notifications = connectAndListen()
                .doOnError(this::handleFailure)
                .retryWhen(Retry.backoff(Long.MAX_VALUE, MIN_RECONNECT_INTERVAL)
                        .maxBackoff(settings.maxReconnectInterval())
                        .transientErrors(true));
        var heartbeatsToListeners =
                Flux.interval(settings.heartbeatInterval()).doOnNext(tick -> broadcast.sendHeartbeat());
        pipeline = Flux.merge(notifications.then(), heartbeatsToListeners.then())
                .publish()
                .connect();
    }

    /** Stops before the web server begins to wait for the streams to end. */
    @Override
    public synchronized void stop() {
        pipeline.dispose();
        broadcast.close();
    }

    @Override
    public synchronized boolean isRunning() {
        return !pipeline.isDisposed();
    }

    private Flux<Notification> connectAndListen() {
        return Flux.usingWhen(
                connections.open().timeout(timeout),
                this::listen,
                open -> Mono.from(open.connection().close()).timeout(timeout).onErrorComplete());
    }

    private Flux<Notification> listen(OpenConnection open) {
        var connection = (PostgresqlConnection) open.connection();
        var received = connection
                .getNotifications()
                .onBackpressureBuffer() // the driver drops notifications without demand
                .timeout(timeout)
                .doOnNext(this::handle)
                .concatWith(Mono.error(() -> new IOException("the connection was closed")));
        var sendHeartbeats = Flux.interval(Duration.ZERO, settings.databaseHeartbeatInterval())
                .onBackpressureDrop()
                .doOnNext(tick -> requirePrimary(open))
                .concatMap(tick -> execute(connection, "notify \"" + heartbeats + "\""), 1);
        // A heartbeat changes nothing, so its commit need not wait for a disk or a synchronous standby.
        var listen = execute(
                connection, "set synchronous_commit = off; listen " + CHANGES + "; listen \"" + heartbeats + "\"");
        return Flux.merge(received, listen.thenMany(sendHeartbeats).cast(Notification.class));
    }

    /** A former primary that was cut off goes on accepting notifications, of changes that will be lost. */
    private static void requirePrimary(OpenConnection open) {
        if (!open.server().isUsable()) {
            throw new IllegalStateException("the server is not the primary any more");
        }
    }

    private static Mono<Void> execute(PostgresqlConnection connection, String sql) {
        return connection
                .createStatement(sql)
                .execute()
                .flatMap(PostgresqlResult::getRowsUpdated)
                .then();
    }

    private void handle(Notification notification) {
        if (notification.getName().equals(heartbeats)) {
            if (state == State.DISCONNECTED) {
                LOG.info("Notifications of changes are received again");
                reconnects.increment();
            }
            state = State.LISTENING;
            broadcast.markLive();
        } else {
            Change.parse(String.valueOf(notification.getParameter()))
                    .ifPresentOrElse(broadcast::publish, () -> handleUnknown(notification));
        }
    }

    /** Something has changed, but it is not known what. */
    private void handleUnknown(Notification notification) {
        LOG.warn("notification: {} (expected: a payload that the triggers write)", notification.getParameter());
        broadcast.markInterrupted("A notification from the database could not be parsed.");
    }

    private void handleFailure(Throwable failure) {
        broadcast.markInterrupted("The database does not respond.");
        if (state != State.DISCONNECTED) {
            state = State.DISCONNECTED;
            LOG.warn(
                    "Notifications of changes are not received until the database responds again: {}",
                    failure.toString());
        }
    }
}
