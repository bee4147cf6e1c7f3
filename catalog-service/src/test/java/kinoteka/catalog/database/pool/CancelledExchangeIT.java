package kinoteka.catalog.database.pool;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicReference;
import kinoteka.catalog.CatalogIT;
import kinoteka.catalog.RealPostgres;
import kinoteka.catalog.database.request.HeldBackCancellation;
import kinoteka.catalog.database.request.RequestConnections;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.reactivestreams.Subscription;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.r2dbc.core.DatabaseClient;
import reactor.core.publisher.BaseSubscriber;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Operators;

/** A connection comes back, outside of any transaction, at whichever step of the exchange the request is cancelled. */
@CatalogIT
class CancelledExchangeIT {

    private static final int ROWS = 3_000;

    enum Step {
        ACQUIRED,
        TRANSACTION_BEGUN,
        POSITION_READ,
        FIRST_ROW,
        MIDDLE,
        LAST_ROW,
        COMMIT,
        NEVER
    }

    @Autowired
    private ConnectionLeases primaryPool;

    @Autowired
    private ServerRetry retry;

    /** The subscription that is cancelled at the step; cancelled like a client that disconnects, or like an operator. */
    private final AtomicReference<Subscription> request = new AtomicReference<>();

    @ParameterizedTest
    @CsvSource({
        "ACQUIRED, true",
        "TRANSACTION_BEGUN, true",
        "POSITION_READ, true",
        "FIRST_ROW, true",
        "MIDDLE, true",
        "LAST_ROW, true",
        "COMMIT, true",
        "NEVER, true",
        "ACQUIRED, false",
        "TRANSACTION_BEGUN, false",
        "POSITION_READ, false",
        "FIRST_ROW, false",
        "MIDDLE, false",
        "LAST_ROW, false",
        "COMMIT, false",
        "NEVER, false"
    })
    void connectionsComeBackWhicheverStepIsCancelled(Step step, boolean disconnect) throws Exception {
        for (var fetchSize : new int[] {0, 500}) {
            cancelAt(step, disconnect, fetchSize);

            await().atMost(Duration.ofSeconds(10))
                    .untilAsserted(() -> assertThat(primaryPool.metrics().acquiredSize())
                            .as("connections held after " + step)
                            .isZero());
            assertThat(RealPostgres.ask("""
                    select count(*) from pg_stat_activity
                     where application_name = 'kinoteka-catalogue-primary' and state <> 'idle'
                    """)).isEqualTo("0");
            assertThatTheNextRequestIsInATransactionOfItsOwn();
        }
    }

    private void cancelAt(Step step, boolean disconnect, int fetchSize) {
        var client = DatabaseClient.create(primaryPool);
        var rows = client.sql("select generate_series(1, :rows)")
                .filter(statement -> statement.fetchSize(fetchSize))
                .bind("rows", ROWS)
                .mapValue(Integer.class)
                .all()
                .doOnNext(row -> cancelIf(row.equals(rowOf(step))));
        var work = Mono.fromRunnable(() -> cancelIf(step == Step.TRANSACTION_BEGUN))
                .then(client.sql("select 1").mapValue(Integer.class).one())
                .doOnNext(position -> cancelIf(step == Step.POSITION_READ))
                .thenMany(rows)
                .doOnComplete(() -> cancelIf(step == Step.COMMIT));
        var transaction = step == Step.ACQUIRED
                ? primaryPool.acquire().doOnNext(connection -> cancelIf(true)).flatMapMany(connection -> Flux.just(1))
                : Transactions.writing(primaryPool, retry, true).transactional(work);
        var connections = new RequestConnections(System::nanoTime);
        var served = transaction.doFinally(signal -> connections.end());
        var subscriber = new BaseSubscriber<Object>() {};
        if (disconnect) {
            served.transform(Operators.<Integer, Integer>lift(
                            (source, downstream) -> new HeldBackCancellation<>(downstream, connections)))
                    .doOnSubscribe(request::set)
                    .subscribe(subscriber);
        } else {
            served.contextWrite(connections::addTo).doOnSubscribe(request::set).subscribe(subscriber);
        }
    }

    private static int rowOf(Step step) {
        return switch (step) {
            case FIRST_ROW -> 1;
            case MIDDLE -> ROWS / 2;
            case LAST_ROW -> ROWS;
            default -> 0;
        };
    }

    private void cancelIf(boolean reached) {
        if (reached) {
            request.get().cancel();
        }
    }

    private void assertThatTheNextRequestIsInATransactionOfItsOwn() {
        var client = DatabaseClient.create(primaryPool);
        var begun = client.sql(
                        "select clock_timestamp() - now() < interval '5 seconds' and txid_current_if_assigned() is null")
                .mapValue(Boolean.class)
                .one()
                .block(Duration.ofSeconds(10));
        assertThat(begun).isTrue();
    }
}
