package kinoteka.catalog.idempotency;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.time.Duration;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import kinoteka.catalog.Api;
import kinoteka.catalog.Bearer;
import kinoteka.catalog.CatalogIT;
import kinoteka.catalog.HeldLock;
import kinoteka.catalog.RealPostgres;
import kinoteka.catalog.Samples;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.boot.test.web.server.LocalServerPort;

@CatalogIT
class ConcurrentIdempotencyIT {

    private static final Duration LIMIT = Duration.ofSeconds(5);

    private final ExecutorService clients = Executors.newVirtualThreadPerTaskExecutor();
    private int port;
    private Api keyed;
    private long customer;
    private long movie;
    private String path;
    private String key;
    private String order;

    @BeforeEach
    void connect(@LocalServerPort int port) throws Exception {
        this.port = port;
        customer = Samples.customer();
        movie = Samples.stalker();
        path = "/api/customer/" + customer + "/orders";
        key = UUID.randomUUID().toString();
        keyed = Api.at(port).as(Bearer.customer(customer)).with(IdempotencyKey.HEADER, key);
        order = "{\"movie_id\":%d,\"cinema_id\":%d}".formatted(movie, Samples.cinemaOffering(movie));
    }

    @AfterEach
    void close() {
        clients.close();
    }

    @Test
    void theSecondRequestWaitsForTheFirstAndGetsItsResponse() throws Exception {
        try (var lock = HeldLock.onMovie(movie)) {
            var first = send();
            lock.awaitWaiting(1);
            var second = send();
            lock.awaitWaiting(2);
            assertThat(second).isNotDone();

            lock.commit();

            assertThat(first.get().status()).isEqualTo(201);
            assertThat(second.get().status()).isEqualTo(201);
            assertThat(second.get().text()).isEqualTo(first.get().text());
            assertThat(second.get().headers().getLocation())
                    .isEqualTo(first.get().headers().getLocation());
        }
        assertThat(orders()).isEqualTo(1);
    }

    @Test
    void theSecondRequestDoesTheWorkWhenTheFirstFails() throws Exception {
        try (var lock = HeldLock.onMovie(movie)) {
            var first = send();
            lock.awaitWaiting(1);
            var second = send();
            lock.awaitWaiting(2);

            lock.cancelWaiting();
            assertThat(first.get().problem()).isEqualTo("database-timeout");
            lock.awaitWaiting(1);
            lock.commit();

            assertThat(second.get().status()).isEqualTo(201);
        }
        assertThat(orders()).isEqualTo(1);
    }

    @Test
    void bothRequestsSucceedWithOneOrderWhenTheFirstLosesItsConnection() throws Exception {
        try (var lock = HeldLock.onMovie(movie)) {
            var first = send();
            lock.awaitWaiting(1);
            var second = send();
            lock.awaitWaiting(2);

            lock.terminateWaiting();
            lock.awaitWaiting(2);
            lock.commit();

            assertThat(first.get().status()).isEqualTo(201);
            assertThat(second.get().status()).isEqualTo(201);
            assertThat(second.get().text()).isEqualTo(first.get().text());
        }
        assertThat(orders()).isEqualTo(1);
    }

    @Test
    void theSecondRequestIsRejectedWhenItIsAnotherOne() throws Exception {
        try (var lock = HeldLock.onMovie(movie)) {
            var first = send();
            lock.awaitWaiting(1);
            var second = clients.submit(() -> keyed.post(path, "{\"movie_id\":1,\"cinema_id\":1}"));
            lock.awaitWaiting(2);

            lock.commit();

            assertThat(first.get().status()).isEqualTo(201);
            assertThat(second.get().problem()).isEqualTo("idempotency-key-reused");
        }
    }

    @Test
    void requestsWithOtherKeysDoNotWait() throws Exception {
        try (var lock = HeldLock.onMovie(movie)) {
            var first = send();
            lock.awaitWaiting(1);
            var other = Samples.stalker();

            var placed = keyed.with(IdempotencyKey.HEADER, key + "-2")
                    .post(path, "{\"movie_id\":%d,\"cinema_id\":%d}".formatted(other, Samples.cinemaOffering(other)));

            assertThat(placed.status()).isEqualTo(201);
            assertThat(first).isNotDone();
            lock.commit();
            assertThat(first.get().status()).isEqualTo(201);
        }
    }

    @Test
    void manyRequestsWithOneKeyPlaceOneOrder() throws Exception {
        Callable<Api.Answer> place = () -> keyed.post(path, order);

        var answers = clients.invokeAll(Stream.generate(() -> place).limit(12).toList()).stream()
                .map(Future::resultNow)
                .toList();

        assertThat(answers).allMatch(answer -> answer.status() == 201);
        assertThat(answers.stream().map(Api.Answer::text))
                .containsOnly(answers.getFirst().text());
        assertThat(orders()).isEqualTo(1);
    }

    @Test
    void aClientThatDisconnectsDuringTheWorkLeavesBothAnOrderAndItsKeyOrNeither() throws Exception {
        try (var lock = HeldLock.onMovie(movie)) {
            sendAndDisconnect(lock);
            lock.commit();
        }
        await().atMost(LIMIT).until(() -> openTransactions() == 0);

        assertThat(orders()).isEqualTo(keys());
        var retry = keyed.post(path, order);
        assertThat(retry.status()).isEqualTo(201);
        assertThat(keyed.post(path, order).text()).isEqualTo(retry.text());
        assertThat(orders()).isEqualTo(1);
    }

    @Test
    void workThatIsAbandonedAfterTheClientHasDisconnectedLeavesNeitherAnOrderNorAKey() throws Exception {
        try (var lock = HeldLock.onMovie(movie)) {
            sendAndDisconnect(lock);
            lock.awaitWaiting(0);

            assertThat(orders()).isZero();
            assertThat(keys()).isZero();
            lock.commit();
        }
        assertThat(keyed.post(path, order).status()).isEqualTo(201);
        assertThat(orders()).isEqualTo(1);
    }

    private Future<Api.Answer> send() {
        return clients.submit(() -> keyed.post(path, order));
    }

    private void sendAndDisconnect(HeldLock lock) throws IOException, SQLException {
        try (var client = new Socket("localhost", port)) {
            client.getOutputStream().write("""
                    POST %s HTTP/1.1\r
                    Host: localhost\r
                    Authorization: Bearer %s\r
                    Idempotency-Key: %s\r
                    Content-Type: application/json\r
                    Content-Length: %d\r
                    \r
                    %s""".formatted(
                            path, Bearer.token(Long.toString(customer), "customer"), key, order.length(), order)
                    .getBytes(StandardCharsets.US_ASCII));
            lock.awaitWaiting(1);
            client.setSoLinger(true, 0);
        }
    }

    private int orders() throws SQLException {
        return Integer.parseInt(RealPostgres.ask("select count(*) from orders where customer_id = ?", customer));
    }

    private int keys() throws SQLException {
        return Integer.parseInt(RealPostgres.ask("select count(*) from idempotency_keys where key = ?", key));
    }

    private static int openTransactions() throws SQLException {
        return Integer.parseInt(RealPostgres.ask("""
                select count(*) from pg_stat_activity
                 where application_name = 'kinoteka-catalogue-primary' and state <> 'idle'
                """));
    }
}
