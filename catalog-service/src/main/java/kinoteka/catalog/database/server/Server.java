package kinoteka.catalog.database.server;

import io.r2dbc.spi.Connection;
import io.r2dbc.spi.ConnectionFactory;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** One server, and what is known of it. It is asked over one connection that is kept for that. Thread-safe. */
final class Server {

    /** The condition keeps the function of one role from being called on a server of the other one, which would be an error. */
    private static final String STATE = """
            select not pg_is_in_recovery(),
                   case when pg_is_in_recovery() then '0' else substr(pg_walfile_name(pg_current_wal_flush_lsn()), 1, 8) end,
                   case when pg_is_in_recovery() then pg_last_wal_replay_lsn() else pg_current_wal_flush_lsn() end::text
            """;

    private static final int HEXADECIMAL = 16;

    private final String address;
    private final ConnectionFactory connections;
    private volatile @Nullable ServerState state;
    private final AtomicInteger failures = new AtomicInteger();
    private @Nullable Connection connection; // used by one check at a time

    /**
     * Creates a server of which nothing is known.
     *
     * @param connections to this server, whatever its role
     */
    Server(String address, ConnectionFactory connections) {
        this.address = address;
        this.connections = connections;
    }

    String address() {
        return address;
    }

    /** What the server said when it was last asked successfully; null before the first time. */
    @Nullable
    ServerState state() {
        return state;
    }

    /** Whether more than one check has failed in a row; a single one may be slow, above all the first. */
    boolean isUnreachable() {
        return failures.get() > 1;
    }

    /**
     * Asks the server for its state. Not to be called again before this has ended. A failure is remembered and not reported.
     *
     * @param timeout of connection and response together
     * @param now nanoseconds of the servers' clock
     */
    Mono<ServerState> check(Duration timeout, long now) {
        return Mono.defer(() -> connected().flatMap(open -> ask(open, now)))
                .timeout(timeout)
                .doOnNext(this::remember)
                .onErrorResume(failure -> {
                    failures.incrementAndGet();
                    return disconnect().then(Mono.empty());
                });
    }

    void remember(ServerState checked) {
        state = checked;
        failures.set(0);
    }

    /** Closes the connection over which the server is asked. */
    Mono<Void> disconnect() {
        var open = connection;
        connection = null;
        return open == null
                ? Mono.empty()
                : Mono.from(open.close()).timeout(Duration.ofSeconds(1)).onErrorComplete();
    }

    private Mono<Connection> connected() {
        var open = connection;
        return open != null
                ? Mono.just(open)
                : Mono.<Connection>from(connections.create()).doOnNext(opened -> connection = opened);
    }

    private static Mono<ServerState> ask(Connection open, long now) {
        return Flux.from(open.createStatement(STATE).execute())
                .flatMap(result -> result.map(row -> new ServerState(
                        Boolean.TRUE.equals(row.get(0, Boolean.class)),
                        Long.parseLong(text(row.get(1, String.class)), HEXADECIMAL),
                        LogPosition.parse(text(row.get(2, String.class))).orElse(new LogPosition(0)),
                        now)))
                .single();
    }

    private static String text(@Nullable String value) {
        return String.valueOf(value);
    }

    @Override
    public String toString() {
        return address;
    }
}
