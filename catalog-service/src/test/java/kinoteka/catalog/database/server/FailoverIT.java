package kinoteka.catalog.database.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import kinoteka.catalog.Api;
import kinoteka.catalog.Bearer;
import kinoteka.catalog.CatalogService;
import kinoteka.catalog.PostgresCluster;
import kinoteka.catalog.changes.EventStream;
import kinoteka.catalog.database.request.StatementObserver;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.test.context.TestConfiguration;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.web.server.WebFilter;

/** The catalogue in front of a real primary and a real replica. Each test leaves a primary and a replica behind, in either order. */
class FailoverIT {

    private static final Duration SOON = Duration.ofSeconds(30);
    private static final String POSITION = "Kinoteka-Position";
    private static final String OUTCOME_UNKNOWN = "outcome-unknown";

    @TempDir
    private static Path folder;

    private static PostgresCluster cluster;
    private static ConfigurableApplicationContext service;
    private static Api editor;
    private static Api reader;
    private static long customer;

    @BeforeAll
    static void start() throws Exception {
        cluster = new PostgresCluster(folder);
        service = new SpringApplicationBuilder(CatalogService.class, StatementCounter.class)
                .run(
                        "--server.port=0",
                        "--management.server.port=0",
                        "--kinoteka.catalog.security.development=true",
                        "--kinoteka.catalog.database.hosts=" + cluster.hosts(),
                        "--kinoteka.catalog.database.name=postgres",
                        "--kinoteka.catalog.database.username=postgres",
                        "--kinoteka.catalog.database.check-interval=500ms",
                        "--kinoteka.catalog.database.replica-max-lag=1s");
        reader = Api.at(Integer.parseInt(port()));
        editor = reader.as(Bearer.admin());
        customer = Long.parseLong(cluster.primary().ask("""
                insert into customers (username, email, name, surname, birthday)
                values ('viewer', 'viewer@example.org', 'A', 'B', date '1990-05-17') returning id
                """));
    }

    @AfterAll
    static void stop() throws Exception {
        service.close();
        cluster.close();
    }

    @Test
    void aSwitchoverLosesNoWriteThatWasAcknowledgedAndDoublesNone() throws Exception {
        var film = film();
        var isOver = new AtomicBoolean();
        var writer = CompletableFuture.supplyAsync(() -> {
            var written = 0;
            while (!isOver.get() || written < 20) {
                writeUntilAcknowledged(film);
                written++;
            }
            return written;
        });
        await().atMost(SOON).until(() -> sessions(film) > 5);
        try (var changes = EventStream.open(port())) {
            changes.awaitEvent("caught_up");
            cluster.switchOver();
            changes.awaitData("{\"reason\":\"The database does not respond.\"}");
            isOver.set(true);
            await().atMost(SOON)
                    .until(() -> changes.events().lastIndexOf("caught_up {}")
                            > changes.events().indexOf("missed {\"reason\":\"The database does not respond.\"}"));
            var later = writeUntilAcknowledged(film());
            changes.awaitEvent(event -> String.valueOf(event.data()).contains("\"id\":" + later));
        }

        int acknowledged = writer.get(60, TimeUnit.SECONDS);
        assertThat(sessions(film)).isEqualTo(acknowledged);
        awaitReplica();
    }

    @Test
    void aWriteWhoseConnectionIsClosedBeforeTheCommitIsDoneAgain() throws Exception {
        var film = film();
        try (var lock = cluster.primary().connection();
                var statement = lock.createStatement()) {
            lock.setAutoCommit(false);
            statement.execute("select id from movies where id = " + film + " for update");
            var write = CompletableFuture.supplyAsync(() -> write(film, UUID.randomUUID()));
            terminateWhenWaitingFor("Lock", "transactionid");
            awaitWaitingFor("Lock", "transactionid");
            lock.rollback();
            assertThat(write.get(30, TimeUnit.SECONDS).status()).isEqualTo(201);
        }
        assertThat(sessions(film)).isEqualTo(1);
    }

    @Test
    void aListWhoseConnectionIsClosedWhileItIsReadIsReadAgain() throws Exception {
        film();
        awaitReplica();
        try (var lock = cluster.primary().connection();
                var statement = lock.createStatement()) {
            lock.setAutoCommit(false);
            statement.execute("lock table movies in access exclusive mode");
            cluster.primary().ask("select pg_logical_emit_message(true, 'test', 'the log is flushed')");
            await().atMost(SOON).until(() -> cluster.replica()
                    .ask("select count(*) from pg_locks"
                            + " where relation = 'movies'::regclass and mode = 'AccessExclusiveLock'")
                    .equals("1"));
            var read = CompletableFuture.supplyAsync(() -> reader.get("/api/movie?limit=1"));
            await().atMost(SOON).until(() -> !cluster.replica()
                    .ask("select count(pg_terminate_backend(pid)) from pg_stat_activity"
                            + " where application_name = 'kinoteka-catalogue-replica' and wait_event_type = 'Lock'")
                    .equals("0"));
            lock.rollback();
            assertThat(read.get(30, TimeUnit.SECONDS).status()).isEqualTo(200);
        }
    }

    @Test
    void aWriteWhoseConnectionIsClosedDuringTheCommitHasAnUnknownOutcomeAndCanBeRepeated() throws Exception {
        var film = film();
        var key = UUID.randomUUID();
        var primary = cluster.primary();
        primary.ask("alter system set synchronous_standby_names = '*'");
        primary.ask("select pg_reload_conf()");
        cluster.replica().freeze();
        try {
            var write = CompletableFuture.supplyAsync(() -> write(film, key));
            terminateWhenWaitingFor("IPC", "SyncRep");
            var answer = write.get(30, TimeUnit.SECONDS);
            assertThat(answer.status()).isEqualTo(503);
            assertThat(answer.problem()).isEqualTo(OUTCOME_UNKNOWN);
            assertThat(answer.text()).contains("Idempotency-Key is safe");
        } finally {
            cluster.replica().resume();
            primary.ask("alter system reset synchronous_standby_names");
            primary.ask("select pg_reload_conf()");
        }
        var first = write(film, key);
        assertThat(first.status()).isEqualTo(201);
        assertThat(write(film, key).id()).isEqualTo(first.id());
        assertThat(sessions(film)).isEqualTo(1);
    }

    @Test
    void aFrozenPrimaryIsNeitherWaitedForNorBelievedWhenItGoesOn() throws Exception {
        var film = film();
        var path = "/api/movie/" + film;
        assertThat(reader.get(path).status()).isEqualTo(200);
        cluster.primary().freeze();
        var read = reader.get(path);
        assertThat(read.status()).isEqualTo(503);
        assertThat(write(film, UUID.randomUUID()).problem()).isEqualTo("database-unavailable");

        var former = cluster.promote();
        await().atMost(SOON).until(() -> reader.get(path).status() == 200);
        assertThat(write(film, UUID.randomUUID()).status()).isEqualTo(201);
        cluster.primary().ask("update movies set title = 'promoted' where id = " + film + " returning id");
        former.resume();
        for (var i = 0; i < 50; i++) {
            var answer = reader.get(path);
            assertThat(answer.body().get("title").asString()).isEqualTo("promoted");
        }
        assertThat(former.ask("select count(*) from pg_stat_activity where application_name in "
                        + "('kinoteka-catalogue-primary', 'kinoteka-catalogue-changes')"))
                .isEqualTo("0");
        cluster.rebuildReplica();
        awaitReplica();
    }

    @Test
    void aReplicaIsReadUnlessItLagsEvenIfNothingIsWrittenForLong() throws Exception {
        var film = film();
        var path = "/api/session?limit=1000";
        awaitReplica();
        pauseReplay();
        try {
            var id = write(film, UUID.randomUUID()).id();
            assertThat(reader.get(path).text()).doesNotContain("\"id\":" + id + ",");
            await().atMost(SOON).until(() -> reader.get(path).text().contains("\"id\":" + id + ","));
        } finally {
            cluster.replica().ask("select pg_wal_replay_resume()");
        }
        awaitReplica();
        await().during(Duration.ofSeconds(2)).atMost(SOON).until(() -> listsAreReadFromTheReplica());
    }

    @Test
    void aClientThatSendsThePositionOfItsWriteSeesItInListsWhateverTheReplicaContains() throws Exception {
        var film = film();
        awaitReplica();
        pauseReplay();
        try {
            var written = write(film, UUID.randomUUID());
            var position = String.valueOf(written.headers().getFirst(POSITION));
            for (var limit : new int[] {1000, 1001}) {
                var path = "/api/session?limit=" + limit;
                var list = reader.with(POSITION, position).get(path);
                assertThat(list.text()).contains("\"id\":" + written.id() + ",");
            }
            assertThat(reader.get("/api/session?limit=1001").text()).doesNotContain("\"id\":" + written.id() + ",");
        } finally {
            cluster.replica().ask("select pg_wal_replay_resume()");
        }
        assertThat(reader.with(POSITION, "zero").get("/api/session").problem()).isEqualTo("parameter-invalid");
    }

    @Test
    void aWriteCostsOneStatementMoreForItsPositionAndAReadNone() throws Exception {
        var film = film();
        awaitReplica();
        var written = statementsOf(() -> write(film, UUID.randomUUID()));
        assertThat(written.getLast()).contains("pg_current_wal_flush_lsn");
        assertThat(written.get(written.size() - 2)).isEqualTo("COMMIT");
        assertThat(statementsOf(() -> reader.get("/api/movie/" + film))).hasSize(1);
        assertThat(statementsOf(() -> reader.with(POSITION, "0/0").get("/api/movie?limit=1")))
                .hasSize(1);
    }

    private static List<String> statementsOf(Runnable request) {
        StatementCounter.STATEMENTS.clear();
        request.run();
        return List.copyOf(StatementCounter.STATEMENTS);
    }

    /** Lists the statements of all requests. */
    @TestConfiguration(proxyBeanMethods = false)
    static class StatementCounter {

        static final List<String> STATEMENTS = new CopyOnWriteArrayList<>();

        @Bean
        @Order(Ordered.HIGHEST_PRECEDENCE)
        WebFilter countStatements() {
            StatementObserver observer = (sql, start, isComplete) -> STATEMENTS.add(sql);
            return (exchange, chain) -> {
                observer.assignTo(exchange);
                return chain.filter(exchange);
            };
        }
    }

    private static long film() throws SQLException {
        return Long.parseLong(cluster.primary()
                .ask("insert into movies (title, year, duration_minutes) values ('Stalker', 1979, 162) returning id"));
    }

    private static Api.Answer write(long film, UUID key) {
        return editor.with("Idempotency-Key", key.toString())
                .post("/api/session", "{\"customer_id\":%d,\"movie_id\":%d}".formatted(customer, film));
    }

    private static long writeUntilAcknowledged(long film) {
        var key = UUID.randomUUID();
        var answer = write(film, key);
        while (answer.status() != 201) {
            assertThat(answer.problem()).isIn("database-unavailable", OUTCOME_UNKNOWN);
            answer = write(film, key);
        }
        return answer.id();
    }

    private static String port() {
        return service.getEnvironment().getProperty("local.server.port", "");
    }

    private static int sessions(long film) throws SQLException {
        return Integer.parseInt(cluster.primary().ask("select count(*) from sessions where movie_id = " + film));
    }

    private static void awaitReplica() {
        await().atMost(SOON).until(FailoverIT::listsAreReadFromTheReplica);
    }

    /** Whether a list changes the statistics of the replica's connections. */
    private static boolean listsAreReadFromTheReplica() throws SQLException {
        var latest = "select coalesce(max(query_start)::text, '') from pg_stat_activity"
                + " where application_name = 'kinoteka-catalogue-replica'";
        var before = cluster.replica().ask(latest);
        return reader.get("/api/movie?limit=1").status() == 200
                && !cluster.replica().ask(latest).equals(before);
    }

    private static void terminateWhenWaitingFor(String type, String event) {
        await().atMost(SOON).until(() -> !cluster.primary()
                .ask("select count(pg_terminate_backend(pid)) from " + waiting(type, event))
                .equals("0"));
    }

    private static void awaitWaitingFor(String type, String event) {
        await().atMost(SOON).until(() -> !cluster.primary()
                .ask("select count(*) from " + waiting(type, event))
                .equals("0"));
    }

    private static String waiting(String type, String event) {
        return "pg_stat_activity where application_name = 'kinoteka-catalogue-primary' and wait_event_type = '" + type
                + "' and wait_event = '" + event + "'";
    }

    /** Returns when the replica has paused: the function only requests it. */
    private static void pauseReplay() throws SQLException {
        cluster.replica().ask("select pg_wal_replay_pause()");
        await().until(() ->
                cluster.replica().ask("select pg_get_wal_replay_pause_state()").equals("paused"));
    }
}
