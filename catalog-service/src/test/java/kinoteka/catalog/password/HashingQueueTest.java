package kinoteka.catalog.password;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import kinoteka.catalog.client.Client;
import kinoteka.catalog.problem.ProblemException;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import reactor.test.StepVerifier;

class HashingQueueTest {

    private static final Client ANNA = authenticated("1");
    private static final Client KITTY = authenticated("2");

    private final CountDownLatch release = new CountDownLatch(1);
    private final AtomicInteger computing = new AtomicInteger();
    private final AtomicInteger computed = new AtomicInteger();
    private final List<CompletableFuture<@Nullable String>> running = new ArrayList<>();
    private HashingQueue queue = queue(1, 2, 100);

    @AfterEach
    void dispose() {
        release.countDown();
        queue.dispose();
    }

    @Test
    void computesOnThreadsOfItsOwn() {
        StepVerifier.create(queue.execute(ANNA, () -> Thread.currentThread().getName()))
                .assertNext(name -> assertThat(name).startsWith("passwords-"))
                .verifyComplete();
    }

    @Test
    void computesNoMoreAtTheSameTimeThanItHasThreads() {
        queue = queue(2, 6, 100);
        var most = new AtomicInteger();
        for (int i = 0; i < 8; i++) {
            running.add(queue.execute(ANNA, () -> {
                        most.accumulateAndGet(computing.incrementAndGet(), Math::max);
                        release.await();
                        computing.decrementAndGet();
                        return "done";
                    })
                    .toFuture());
        }
        await().until(() -> computing.get() == 2);

        release.countDown();

        assertThat(running).allSatisfy(result -> assertThat(result.join()).isEqualTo("done"));
        assertThat(most).hasValue(2);
    }

    @Test
    void rejectsOneRequestMoreThanMayWait() {
        startAll(ANNA, ANNA, KITTY);
        assertThat(queue.size()).isEqualTo(3);

        assertOverloaded(start(KITTY));

        release.countDown();
        assertThat(running).allSatisfy(result -> assertThat(result.join()).isEqualTo("done"));
        await().until(() -> queue.size() == 0);
        assertThat(start(KITTY).join()).isEqualTo("done");
    }

    @Test
    void limitsTheRequestsOfEachClient() {
        queue = queue(1, 100, 2);
        startAll(ANNA, ANNA);

        assertThatThrownBy(start(ANNA)::join)
                .cause()
                .isInstanceOf(ProblemException.class)
                .hasMessage("Too many passwords of this client are being processed.");
        assertThat(start(KITTY)).isNotCompletedExceptionally();
        assertThat(start(anonymous("192.0.2.1"))).isNotCompletedExceptionally();

        release.countDown();
        await().until(() -> queue.size() == 0);
        assertThat(start(ANNA).join()).isEqualTo("done");
    }

    @Test
    void leavesHalfOfThePlacesToRequestsWithAToken() {
        queue = queue(1, 4, 100);
        for (int i = 0; i < 3; i++) {
            assertThat(start(anonymous("192.0.2." + i))).isNotCompletedExceptionally();
        }

        assertOverloaded(start(anonymous("192.0.2.9")));
        assertThat(start(ANNA)).isNotCompletedExceptionally();
        assertThat(start(KITTY)).isNotCompletedExceptionally();
        assertOverloaded(start(KITTY));
    }

    @Test
    void aCancelledRequestIsNotComputedAndLeavesItsPlace() {
        startAll(ANNA);
        await().until(() -> computing.get() == 1);
        var waiting = queue.execute(KITTY, this::compute).subscribe();
        startAll(KITTY);

        waiting.dispose();

        assertThat(queue.size()).isEqualTo(2);
        release.countDown();
        assertThat(start(KITTY).join()).isEqualTo("done");
        await().until(() -> queue.size() == 0);
        assertThat(computed).hasValue(3);
    }

    @Test
    void rejectsARequestThatHasWaitedTooLong() {
        queue = new HashingQueue(new PasswordSettings(1, 2, 100, Duration.ofMillis(50)));

        assertOverloaded(start(ANNA));
        assertOverloaded(start(KITTY));

        await().until(() -> queue.size() == 0);
        release.countDown();
    }

    @Test
    void aFailedComputationLeavesItsPlace() {
        StepVerifier.create(queue.execute(ANNA, () -> {
                    throw new IllegalStateException("no memory");
                }))
                .verifyErrorMessage("no memory");

        await().until(() -> queue.size() == 0);
    }

    private void startAll(Client... clients) {
        for (var client : clients) {
            running.add(start(client));
        }
    }

    private CompletableFuture<@Nullable String> start(Client client) {
        return queue.execute(client, this::compute).toFuture();
    }

    private String compute() throws InterruptedException {
        computing.incrementAndGet();
        release.await();
        computed.incrementAndGet();
        return "done";
    }

    private static HashingQueue queue(int maxConcurrent, int maxWaiting, int maxPerClient) {
        return new HashingQueue(new PasswordSettings(maxConcurrent, maxWaiting, maxPerClient, Duration.ofMinutes(1)));
    }

    private static void assertOverloaded(CompletableFuture<@Nullable String> result) {
        assertThatThrownBy(result::join)
                .cause()
                .isInstanceOf(ProblemException.class)
                .hasMessage("Too many passwords are being processed at the moment.");
    }

    private static Client authenticated(String subject) {
        return new Client(Client.Kind.AUTHENTICATED, subject);
    }

    private static Client anonymous(String address) {
        return new Client(Client.Kind.ANONYMOUS, address);
    }
}
